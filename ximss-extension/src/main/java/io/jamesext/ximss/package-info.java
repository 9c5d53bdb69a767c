/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
/**
 * XIMSS, the XML interface to messaging, over TCP and TLS. The data flow of a request:
 *
 * <pre>
 * bytes -> frame.NulFrameDecoder -> xml.Element -> op.*.Verb (read, answer) -> James -> reply.* -> xml.XimssWriter -> bytes
 * </pre>
 *
 * <p>What holds:
 * <ul>
 * <li>A request ends at a binary zero; whatever is between two zeros never harms what follows.</li>
 * <li>Operations know no ids: {@link io.jamesext.ximss.op.XimssOperation} adds them, and the server the final response.</li>
 * <li>An open folder is a frozen view ({@link io.jamesext.ximss.folder.FolderView}); only folderSync changes it, and each change is
 * reported to the client as a step that it can repeat.</li>
 * <li>Events of James only say which UIDs to look at; what happened is read from the mailbox at the sync.</li>
 * <li>Bodies are read by folderRead alone; headers only when a field or the order needs them.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.ximss;

import org.jspecify.annotations.NullMarked;
