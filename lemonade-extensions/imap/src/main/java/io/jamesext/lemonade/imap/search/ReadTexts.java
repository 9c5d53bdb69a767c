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

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.search.SearchKey.TextKey;
import reactor.core.publisher.Flux;

/** Finds messages by reading them. */
final class ReadTexts implements TextSearch {
    private static final int READ_AHEAD = 8;

    /** Of headers: whole messages are read alike. */
    private final Reading reading;

    @FunctionalInterface
    private interface Reading {
        Flux<MessageResult> of(MailboxSource mailbox, Collection<Long> uids, FetchGroup group);
    }

    private ReadTexts(Reading reading) {
        this.reading = reading;
    }

    /** For servers without an index, where all of a mailbox is read or much of it. */
    static ReadTexts inBulk() {
        return new ReadTexts(MailboxSource::messages);
    }

    /** For what an index has named: a few messages here and there. */
    static ReadTexts scattered() {
        return new ReadTexts(MailboxSource::scattered);
    }

    @Override
    public Flux<Long> matching(Map<SearchKey, List<Long>> open, MailboxSource mailbox) {
        return Flux.fromIterable(open.entrySet())
            .concatMap(entry -> matching(entry.getKey(), entry.getValue(), mailbox));
    }

    private Flux<Long> matching(SearchKey program, List<Long> uids, MailboxSource mailbox) {
        TextKeys keys = new TextKeys(program);
        Set<Long> wanted = new HashSet<>(uids);
        return (keys.needBody() ? mailbox.contents(wanted) : reading.of(mailbox, uids, FetchGroup.HEADERS))
            .filter(message -> wanted.contains(message.getUid().asLong()))
            .publishOn(Blocking.SCHEDULER, READ_AHEAD)
            .handle((message, hits) -> {
                try {
                    if (Blocking.survive(() -> matches(message, program, keys, mailbox))) {
                        hits.next(message.getUid().asLong());
                    }
                } catch (Exception e) {
                    hits.error(e);
                }
            });
    }

    private static boolean matches(MessageResult message, SearchKey program, TextKeys keys, MailboxSource mailbox)
            throws MailboxException, IOException {
        Set<TextKey> found = MessageText.matching(keys.needBody() ? message.getFullContent() : mailbox.header(message), keys);
        return program.given(leaf -> Optional.of(found.contains(leaf))).equals(SearchKey.And.EVERYTHING);
    }
}
