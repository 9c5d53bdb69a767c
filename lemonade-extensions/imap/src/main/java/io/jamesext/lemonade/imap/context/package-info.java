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
 * Searching commands whose results stay: ESEARCH (RFC 4731), PARTIAL (RFC 9394), and ESORT, CONTEXT=SEARCH and CONTEXT=SORT (RFC 5267).
 *
 * <pre>
 * Call -> Searching -> kept results, or MailboxSearch and Order -> UidList -> Answer -> ESEARCH
 * events -> SelectedFolder -> Contexts (which messages are touched) -> Context (do they match now, and where) -> ADDTO, REMOVEFROM
 * </pre>
 *
 * <p>{@code Contexts} belongs to a selection and is asked by the commands of its connection, one at a time; only {@code touched} is called
 * by others. {@code Unsolicited} calls it at the two moments of RFC 5267: before an EXPUNGE, and after EXISTS and FETCH. Results are UIDs,
 * in the requested order; they become message numbers when they are told.
 */
@NullMarked
package io.jamesext.lemonade.imap.context;

import org.jspecify.annotations.NullMarked;
