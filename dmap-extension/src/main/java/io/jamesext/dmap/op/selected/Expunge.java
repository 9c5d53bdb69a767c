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
package io.jamesext.dmap.op.selected;

import java.util.List;
import java.util.Optional;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.mail.Access;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.expunge.ExpungeLog;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes what is \Deleted, of all messages or, behind UID, of some. Draft section 7.6.2, RFC 4315 section 2.1: {@code "EXPUNGE"},
 * {@code "UID" SP "EXPUNGE" SP sequence-set}. The EXPUNGE responses are the news of its completion.
 */
public final class Expunge implements ByUid<Expunge.Request> {
    private static final int AT_ONCE = 1000;

    /** Which of the \Deleted ones; empty for all. */
    public record Request(Optional<SequenceSet> uids) {
    }

    private final Access access;
    private final ExpungeLog log;

    /** On James's mailboxes, and the log of what has gone. */
    public Expunge(MailboxManager mailboxManager, ExpungeLog log) {
        this.access = new Access(mailboxManager);
        this.log = log;
    }

    @Override
    public String name() {
        return "EXPUNGE";
    }

    @Override
    public Request parse(DmapReader arguments, boolean byUid) {
        return new Request(byUid ? Optional.of(arguments.expectSpace().expectSequenceSet()) : Optional.empty());
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        SelectedMailbox selected = session.selected();
        selected.requireWritable();
        Iterable<MessageRange> ranges = request.uids()
            .<Iterable<MessageRange>>map(uids -> selected.ranges(selected.sequences(uids, true), AT_ONCE))
            .orElse(ImmutableList.of(MessageRange.all()));
        return access.require(selected.mailbox(), session.mailboxSession(), Right.PerformExpunge)
            .flatMapMany(mailbox -> Flux.fromIterable(ranges).concatMap(range -> run(range, mailbox, session)))
            .thenMany(Flux.empty());
    }

    /** The tombstones are there before the client is told, whenever James's event bus comes to write them. */
    private Mono<Void> run(MessageRange range, MessageManager mailbox, DmapSession session) {
        SelectedMailbox selected = session.selected();
        return Flux.from(mailbox.expungeReactive(range, session.mailboxSession()))
            .collectList()
            .flatMap((List<MessageUid> gone) -> gone.isEmpty() ? Mono.empty()
                : log.add(mailbox.getId(), gone).then(Mono.fromRunnable(() -> selected.expunged(gone))));
    }
}
