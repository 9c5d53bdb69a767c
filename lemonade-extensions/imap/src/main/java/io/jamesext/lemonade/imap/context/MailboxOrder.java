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

/** That of SEARCH and UID SEARCH: "by message number and UID". RFC 5267 section 4.1. */
public record MailboxOrder() implements Order {
    @Override
    public Mono<UidList> sort(UidList ascending, MailboxSource mailbox) {
        return Mono.just(ascending);
    }

    @Override
    public Mono<Placing> place(UidList ascending, UidList results, MailboxSource mailbox) {
        return Mono.fromSupplier(() ->
            new Placing(ascending, ascending.stream().mapToInt(uid -> before(uid, results)).toArray()));
    }

    private static int before(long uid, UidList results) {
        int low = 0;
        int high = results.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (results.get(middle) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
