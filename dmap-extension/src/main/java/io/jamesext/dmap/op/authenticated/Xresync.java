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
package io.jamesext.dmap.op.authenticated;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.AccountState;
import io.jamesext.dmap.reply.AllMailboxes;
import io.jamesext.dmap.reply.ChangedMailboxes;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.sync.MailboxPoint;
import io.jamesext.dmap.sync.MailboxPoints;
import io.jamesext.dmap.sync.SyncState;
import io.jamesext.dmap.wire.DmapReader;

/** Tells which of all mailboxes have changed, in one round trip. CREF9: {@code "XRESYNC" [SP state]}, PROTOCOL.md section 4.6. */
public final class Xresync implements DmapOperation<Xresync.Request> {
    /** What the client knows; empty for nothing. */
    public record Request(Optional<SyncState> state) {
        static Request parse(DmapReader arguments) {
            return new Request(arguments.accept(' ') ? SyncState.parse(arguments.expectAstring("a state")) : Optional.empty());
        }
    }

    private final MailboxPoints points;

    /** On these mailboxes. */
    public Xresync(MailboxPoints points) {
        this.points = points;
    }

    @Override
    public String name() {
        return "XRESYNC";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return points.of(session.mailboxSession())
            .collectSortedList(Comparator.comparing(MailboxPoint::name))
            .flatMapIterable(mailboxes -> replies(request, mailboxes));
    }

    private static List<DmapReply> replies(Request request, List<MailboxPoint> mailboxes) {
        SyncState now = SyncState.of(mailboxes);
        List<DmapReply> replies = new ArrayList<>();
        if (request.state().map(SyncState::names).filter(names -> names == now.names()).isEmpty()) {
            replies.add(new AllMailboxes(mailboxes.stream().map(MailboxPoint::name).toList()));
        }
        replies.addAll(ChangedMailboxes.of(mailboxes.stream()
            .filter(mailbox -> request.state().filter(state -> state.knows(mailbox)).isEmpty())
            .toList()));
        replies.add(new AccountState(now.token()));
        return replies;
    }
}
