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
 * The Advanced Groupware Access Protocol, draft-iulian-advanced-groupware-access-protocol-04, on James's mailboxes.
 *
 * <pre>
 * bytes -> wire.LineDecoder -> wire.Line -> op.*.Verb.parse -> op.*.Verb.run -> James -> reply.* -> wire.AgapWriter -> bytes
 * </pre>
 *
 * <p>What holds everywhere:
 * <ul>
 * <li>An item is a message of James, a folder a mailbox, a tag a flag; what another protocol changes is seen with the next command.</li>
 * <li>A command that reads a body takes all of it off the wire before it refuses anything, so that no body line is read as a command.</li>
 * <li>A broken line closes the connection, for the same reason.</li>
 * <li>A line that we send has at most 1024 octets; what does not fit goes out in base64.</li>
 * <li>Message content is streamed in small replies and is never a String as a whole.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.agap;

import org.jspecify.annotations.NullMarked;
