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
package io.jamesext.agap.filter;

import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.agap.change.Aliases;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The items of a folder that a filter means. James is searched for what it may mean, and each item that it finds is checked against it. */
public final class Matches {
    private Matches() {
    }

    /** The UIDs of their messages, in order. */
    public static Flux<MessageUid> of(Rule rule, Aliases aliases, MessageManager messages, MailboxSession session) {
        return Mono.fromCallable(() -> messages.search(rule.query(), session))
            .flatMapMany(Flux::from)
            // James searches by the UIDs of messages: those of other items are looked at in any case.
            .concatWith(Flux.fromIterable(aliases.messages()))
            .distinct()
            .collectSortedList()
            .flatMapIterable(MessageRange::toRanges)
            .concatMap(range -> matching(rule, aliases, messages, range, session));
    }

    private static Flux<MessageUid> matching(Rule rule, Aliases aliases, MessageManager messages, MessageRange range,
                                             MailboxSession session) {
        return Flux.from(messages.listMessagesMetadata(range, session))
            .filter(item -> rule.matches(aliases.item(item.getComposedMessageId().getUid()), item.getFlags()))
            .map(item -> item.getComposedMessageId().getUid())
            .collectSortedList()
            .flatMapIterable(List::copyOf);
    }
}
