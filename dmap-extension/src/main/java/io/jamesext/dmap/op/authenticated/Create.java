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

import java.util.List;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.reactivestreams.Publisher;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.mail.SpecialUses;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Makes a mailbox and those above it that are missing. Draft section 7.3.3, with the parameter of RFC 6154 section 3 (CREF11) and the
 * response code of RFC 8474 section 4.1: {@code "CREATE" SP mailbox [SP "(" "USE" SP "(" [use *(SP use)] ")" ")"]}.
 */
public final class Create implements DmapOperation<Create.Request> {
    /** Its name, and what it is for. */
    public record Request(String mailbox, ImmutableList<String> uses) {
        static Request parse(DmapReader arguments) {
            String mailbox = arguments.expectSpace().expectAstring("a mailbox name");
            return new Request(mailbox, arguments.accept(' ') ? uses(arguments) : ImmutableList.of());
        }

        private static ImmutableList<String> uses(DmapReader arguments) {
            arguments.expect('(');
            if (!arguments.acceptWord("USE")) {
                throw arguments.expected("USE");
            }
            arguments.expectSpace().expect('(');
            ImmutableList<String> uses = arguments.accept(')') ? ImmutableList.of() : arguments.restOfList(arguments::expectFlag);
            arguments.expect(')');
            return uses;
        }
    }

    private final MailboxManager mailboxManager;
    private final SpecialUses specialUses;

    /** On James's mailboxes. */
    public Create(MailboxManager mailboxManager) {
        this.mailboxManager = mailboxManager;
        this.specialUses = new SpecialUses(mailboxManager);
    }

    @Override
    public String name() {
        return "CREATE";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        MailboxPath path = MailboxNames.newPath(request.mailbox(), user);
        List<String> uses = specialUses(request, session);
        if (path.isInbox()) {
            throw exists();
        }
        return Mono.from(mailboxManager.createMailboxReactive(path, user))
            // Another client was faster.
            .switchIfEmpty(Mono.error(Create::exists))
            .delayUntil((MailboxId made) -> uses.isEmpty() ? Mono.empty() : use(path, uses, user))
            .doOnNext(made -> session.answerWith(ResponseCode.With.objectId("MAILBOXID", made.serialize())))
            .then(Mono.empty());
    }

    /** PROTOCOL.md section 7.3: in PARANOID mode the server does not know what mailboxes are for. RFC 6154 section 3 has the code. */
    private static List<String> specialUses(Request request, DmapSession session) {
        if (session.mode() == Mode.PARANOID && !request.uses().isEmpty()) {
            throw session.refusal(Failure.NOT_SUPPORTED, new ResponseCode.Plain("USEATTR"),
                "in PARANOID mode the server keeps no special uses");
        }
        return SpecialUses.checked(request.uses(), session);
    }

    /** RFC 6154 section 3: a mailbox that cannot be given its use must not be there. */
    private Mono<Void> use(MailboxPath path, List<String> uses, MailboxSession user) {
        return specialUses.set(path, uses, user)
            .onErrorResume(failure -> mailboxManager.deleteMailboxReactive(path, user).then(Mono.error(failure)));
    }

    private static ProtocolException exists() {
        return new ProtocolException(Failure.MAILBOX_EXISTS, "the mailbox exists already");
    }
}
