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
 * SORT of RFC 5256 with SORT=DISPLAY (RFC 5957): the order of messages.
 *
 * <pre>
 * octets -> SortOrderReader -> SortOrder -> MailboxSearch -> UIDs -> MessageOrder (reads, keeps and compares rows) -> SortResponse
 * header -> HeaderText, BaseSubject, SentDate, AddressReader, MessageIds -> MessageValues; with UID, date and size it is a MessageRow
 * </pre>
 *
 * <p>A {@code MessageRow} has all that a message is sorted by. None of it ever changes for a UID: it is kept by mailbox
 * ({@code KnownRows}), with the orders that were asked for, nothing is ever outdated, and nothing needs an event.
 * ARRIVAL and SIZE read no header. Two messages are never equal, for the last criterion is the UID.
 *
 * <p>For a context (RFC 5267): read the criteria with {@code SortOrderReader}, the rest with {@code CriteriaReader}; sort with
 * {@code MessageOrder.sort}. For the place of a message in a sorted list ask {@code MessageOrder.rows} for the rows of both and search the
 * list by {@code SortOrder.comparator}. Two equal {@code SortOrder} sort alike. THREAD is in the package {@code thread}.
 */
@NullMarked
package io.jamesext.lemonade.imap.sort;

import org.jspecify.annotations.NullMarked;
