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
import io.jamesext.kernel.expunge.ExpungeLog;

/** Moves messages into another mailbox; each is wholly there or wholly here. RFC 6851: {@code "MOVE" SP sequence-set SP mailbox}. */
public final class Move implements ByUid<Transfer.Request> {
    private final MailboxManager mailboxManager;
    private final Access access;
    private final MetaTable meta;
    private final ExpungeLog log;

    /** On James's mailboxes, and the log of what has gone. */
    public Move(MailboxManager mailboxManager, MetaTable meta, ExpungeLog log) {
        this.mailboxManager = mailboxManager;
        this.access = new Access(mailboxManager);
        this.meta = meta;
        this.log = log;
    }

    @Override
    public String name() {
        return "MOVE";
    }

    @Override
    public Transfer.Request parse(DmapReader arguments, boolean byUid) {
        return Transfer.Request.parse(arguments, byUid);
    }

    @Override
    public Publisher<DmapReply> run(Transfer.Request request, DmapSession session) {
        session.selected().requireWritable();
        // RFC 6851 section 4.2: the rights of COPY, STORE \Deleted and EXPUNGE.
        return Transfer.begin(request, session, access, meta, Right.Read, Right.DeleteMessages, Right.PerformExpunge)
            .flatMapMany(transfer -> transfer.move(mailboxManager, log, session));
    }
}
