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
 * FETCH and UID FETCH: RFC 3501 sections 6.4.5 and 7.4.2, BINARY (RFC 3516), CHANGEDSINCE and VANISHED (RFC 7162), OBJECTID (RFC 8474),
 * SAVEDATE (RFC 8514) and PREVIEW (RFC 8970).
 *
 * <p>Data flow: octets → {@link io.jamesext.lemonade.imap.fetch.FetchParser} → {@link io.jamesext.lemonade.imap.fetch.FetchRequest} →
 * {@link io.jamesext.lemonade.imap.fetch.FetchProcessor}, which makes a run of each command → a line for each message.
 * <ul>
 * <li>No more of a message is read than its items need: flags come without it, an envelope with its header only.</li>
 * <li>Of many messages, a few are in memory at a time, and the next ones wait for the client to take the last ({@code pace}).</li>
 * <li>Small content is part of the line; large content streams behind it in pieces, on the event loop.</li>
 * <li>What may fail is looked at before the line of a message begins: a line that cannot be ended ends the connection.</li>
 * <li>Sections are found by {@code io.jamesext.urlauth.SectionReader}, as they are for URLs.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.imap.fetch;

import org.jspecify.annotations.NullMarked;
