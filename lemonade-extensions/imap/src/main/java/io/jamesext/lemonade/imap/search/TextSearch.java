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

package io.jamesext.lemonade.imap.search;

import java.util.List;
import java.util.Map;

import reactor.core.publisher.Flux;

/** Finds messages by their text. */
interface TextSearch {
    /**
     * The UIDs of the messages that match.
     *
     * @param open UIDs under what they are to match: programs with no other leaves than text keys
     */
    Flux<Long> matching(Map<SearchKey, List<Long>> open, MailboxSource mailbox);
}
