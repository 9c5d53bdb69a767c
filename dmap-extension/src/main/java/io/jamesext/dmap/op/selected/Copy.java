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

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.mail.Access;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Mono;

/**
 * Copies messages into another mailbox, all or none.
 * Draft section 7.6.6, RFC 4315 section 3: {@code "COPY" SP sequence-set SP mailbox}.
 */
public final class Copy implements ByUid<Transfer.Request> {
    private final MailboxManager mailboxManager;
    private final Access access;
    private final MetaTable meta;

    /** On James's mailboxes. */
    public Copy(MailboxManager mailboxManager, MetaTable meta) {
        this.mailboxManager = mailboxManager;
        this.access = new Access(mailboxManager);
        this.meta = meta;
    }

    @Override
    public String name() {
        return "COPY";
    }

    @Override
    public Transfer.Request parse(DmapReader arguments, boolean byUid) {
        return Transfer.Request.parse(arguments, byUid);
    }

    @Override
    public Publisher<DmapReply> run(Transfer.Request request, DmapSession session) {
        return Transfer.begin(request, session, access, meta, Right.Read)
            .flatMap(transfer -> transfer.run(mailboxManager::copyMessagesReactive)
                .onErrorResume(failure -> transfer.undo().then(Mono.error(failure)))
                .then(Mono.defer(() -> transfer.isEmpty() ? Mono.empty() : Mono.fromCallable(transfer::copyUid))))
            .doOnNext(session::answerWith)
            .then(Mono.empty());
    }
}
