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
package io.jamesext.agap.change;

import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MessageRange;

import com.google.inject.Inject;

import io.jamesext.kernel.expunge.ExpungeLog;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds what has changed in a folder since an FCID. James knows no way from a mod-sequence to its messages but the list of the mailbox's
 * numbers and flags, one partition on Cassandra: it is read when something has changed, and only what has changed is kept of it. What went
 * is found by the log of expunges.
 */
public final class FolderChanges {
    private final ExpungeLog expunges;
    private final ItemUids uids;

    /** On the log of expunges and the aliases. */
    @Inject
    public FolderChanges(ExpungeLog expunges, ItemUids uids) {
        this.expunges = expunges;
        this.uids = uids;
    }

    /**
     * The changes; empty when it is not known any more what went.
     *
     * @param now read before this is asked, so that what happens in between is told now and again at the next time
     */
    public Mono<Delta> since(Fcid since, Fcid now, MessageManager messages, MailboxSession session) {
        if (since.equals(now)) {
            return Mono.just(Delta.NONE);
        }
        ModSeq modSeq = ModSeq.of(since.modSeq());
        return expunges.reaches(messages.getId(), modSeq)
            .filter(reaches -> reaches)
            .flatMap(reaches -> expunges.after(messages.getId(), modSeq).collectList())
            // The log may have been cut meanwhile.
            .filterWhen(expunged -> expunges.reaches(messages.getId(), modSeq))
            .flatMap(expunged -> delta(since, expunged, messages, session));
    }

    private Mono<Delta> delta(Fcid since, List<MessageUid> expunged, MessageManager messages, MailboxSession session) {
        return uids.in(messages).flatMap(aliases -> Flux.from(messages.listMessagesMetadata(MessageRange.all(), session))
            .filter(message -> message.getModSeq().asLong() > since.modSeq()
                || aliases.messages().contains(message.getComposedMessageId().getUid()))
            .collectList()
            .map(there -> Delta.of(since, there, expunged, aliases)));
    }
}
