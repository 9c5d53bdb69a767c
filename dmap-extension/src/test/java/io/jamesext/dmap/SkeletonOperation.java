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
package io.jamesext.dmap;

import org.apache.james.mailbox.MailboxManager;
import org.reactivestreams.Publisher;

import com.google.inject.Inject;

import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Mono;

/**
 * Copy this for a new command, then: its verb as the class's name, a line in {@code DmapOperations}, a transcript of that name, its row
 * in the README. Here stands what the command does in a sentence, the draft's section, and its syntax:
 * {@code "SKELETON" SP mailbox}.
 */
final class SkeletonOperation implements DmapOperation<SkeletonOperation.Request> {
    /** What the client asks for. */
    record Request(String mailbox) {
        static Request parse(DmapReader arguments) {
            return new Request(arguments.expectSpace().expectAstring("a mailbox name"));
        }
    }

    private final MailboxManager mailboxManager;

    @Inject
    SkeletonOperation(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
    }

    @Override
    public String name() {
        return "SKELETON";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return Mono.from(mailboxManager.getMailboxReactive(MailboxNames.path(request.mailbox(), session.mailboxSession()),
                session.mailboxSession()))
            .then(Mono.empty());
    }
}
