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
 * IMAP URLs (RFC 5092) and the content they name, for CATENATE, URLFETCH and BURL.
 *
 * <p>Data flow: characters → {@link io.jamesext.urlauth.ImapUrl} → {@link io.jamesext.urlauth.UrlContents} → {@link
 * io.jamesext.urlauth.UrlContent}.
 * An authorised URL goes through {@link io.jamesext.urlauth.AuthorizedUrls}, which makes and checks its token with a key out of {@link
 * io.jamesext.urlauth.MailboxKeys}, and then opens it as its owner.
 * <ul>
 * <li>A URL keeps the characters it was read from: RFC 4467 signs them byte by byte, so nothing here rewrites a URL.</li>
 * <li>Reading a URL throws {@link io.jamesext.urlauth.BadUrlException} and nothing else, whatever the characters.</li>
 * <li>Whatever is wrong with an authorised URL, the answer is the same failure; without a key no token is right.</li>
 * <li>Content is read with the rights of the session it is asked for and changes nothing: no {@code \Seen}, no {@code \Recent}.</li>
 * <li>Content is a stream of known size; no message is held in memory by this package.</li>
 * <li>{@link io.jamesext.urlauth.SectionReader} is the one reader of sections, also for FETCH: it finds them by the structure of the
 * message, which {@link io.jamesext.urlauth.MimeParts} keeps for the next time.</li>
 * </ul>
 */
@NullMarked
package io.jamesext.urlauth;

import org.jspecify.annotations.NullMarked;
