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
 * Fetches the content of a URL from another IMAP server for BURL, as an IMAP client that is not to be fooled. RFC 4468 sections 3.3 and 8.
 *
 * <p>One fetch is one connection: greeting, STARTTLS, CAPABILITY, AUTHENTICATE PLAIN, URLFETCH, LOGOUT. Data flow: octets → {@link
 * io.jamesext.lemonade.smtp.burl.remote.ImapConnection} (lines and literals) → {@link io.jamesext.lemonade.smtp.burl.remote.ImapSession}
 * (commands) → {@link io.jamesext.lemonade.smtp.burl.remote.UrlFetchResponse} → the caller's stream.
 * <ul>
 * <li>Nothing but STARTTLS is ever sent in clear, and nothing that came in clear is believed once TLS runs.</li>
 * <li>The other server is not trusted: lines, their number, the content and the time a fetch takes are bounded, and whatever it sends ends
 * in a {@link io.jamesext.lemonade.smtp.burl.remote.UrlFetchException} or in content.</li>
 * <li>Content is streamed; heap does not grow with it.</li>
 * <li>No word of the other server, no password and no URL gets into an exception: a URL carries a token, a server may echo a password.</li>
 * <li>The JDK's sockets and no library: Jakarta Mail reads a whole literal into the heap, and Commons Net decodes one as text.</li>
 * <li>No connection is kept: a submission that uses this is rare, and a pooled connection would have to be proven alive first.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.lemonade.smtp.burl.remote;

import org.jspecify.annotations.NullMarked;
