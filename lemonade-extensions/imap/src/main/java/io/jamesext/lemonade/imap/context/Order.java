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
package io.jamesext.lemonade.imap.context;

import io.jamesext.lemonade.imap.search.MailboxSource;
import reactor.core.publisher.Mono;

/** The requested order of a searching command. RFC 5267 section 4.1. Two that order in the same way are equal. */
public interface Order {
    /**
     * New results and where they belong.
     *
     * @param uids in this order
     * @param places for each of them, how many of the results of before stand before it
     */
    record Placing(UidList uids, int[] places) {
    }

    /**
     * Puts messages into this order. Those that have gone meanwhile may be left out.
     *
     * @param ascending in mailbox order
     */
    Mono<UidList> sort(UidList ascending, MailboxSource mailbox);

    /**
     * Finds the places of messages among the results, at a cost that hardly grows with these.
     *
     * @param ascending in mailbox order; those that have gone meanwhile may be left out
     * @param results in this order, none of the others among them
     */
    Mono<Placing> place(UidList ascending, UidList results, MailboxSource mailbox);
}
