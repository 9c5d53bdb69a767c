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
 * SEARCH of RFC 3501 section 6.4.4 with ESEARCH (RFC 4731), SEARCHRES (RFC 5182), WITHIN (RFC 5032), MODSEQ (RFC 7162), SAVEDATE (RFC 8514)
 * and OBJECTID (RFC 8474).
 *
 * <pre>
 * octets -> SearchProgramReader -> SearchKey -> View (numbers become UIDs) -> MailboxSearch -> UIDs -> context.Searching -> SearchResponse
 * </pre>
 *
 * <p>{@code MailboxSearch} asks the cheapest source first and no source about a message that is decided: the connection's own view of the
 * mailbox (UIDs, \Recent), its list of flags and MODSEQs, its list of sizes and dates, and last the texts. Those are found by the index
 * where the server has one ({@code IndexedTexts}, which alone knows James's {@code SearchQuery}), else in the messages themselves
 * ({@code ReadTexts}). So everything but texts is exact whatever the index is like, and is found while the index is down.
 *
 * <p>SORT, THREAD and contexts stand on {@code SearchProgramReader} and {@code MailboxSearch}.
 */
@NullMarked
package io.jamesext.lemonade.imap.search;

import org.jspecify.annotations.NullMarked;
