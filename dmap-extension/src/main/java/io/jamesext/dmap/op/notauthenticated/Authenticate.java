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
package io.jamesext.dmap.op.notauthenticated;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxPath;
import org.reactivestreams.Publisher;

import com.google.common.collect.Sets;

import io.jamesext.dmap.Capabilities;
import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.auth.Mechanisms;
import io.jamesext.dmap.reply.ContinuationRequest;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.ring.Modes;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.kernel.auth.Client;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.Connection;
import reactor.core.publisher.Mono;

/**
 * Logs in by a SASL mechanism. Draft section 7.2.1: {@code "AUTHENTICATE" SP mechanism [SP initial-response]}, the initial response
 * as in RFC 4959.
 */
public final class Authenticate implements DmapOperation<Authenticate.Request> {
    /** The mechanism's name and the initial response, if one was sent. */
    public record Request(String mechanism, Optional<byte[]> initialResponse) {
        static Request parse(DmapReader arguments) {
            String mechanism = arguments.expectSpace().expectAtom("a mechanism");
            Optional<byte[]> initialResponse = arguments.accept(' ')
                ? Optional.of(Sasl.response(arguments.expectAtom("an initial response")))
                : Optional.empty();
            return new Request(mechanism, initialResponse);
        }

        @Override
        public String toString() {
            return "Request " + mechanism;
        }
    }

    private final Mechanisms mechanisms;
    private final MailboxManager mailboxManager;
    private final Modes modes;
    private final Capabilities capabilities;

    /** With the mechanisms of one configured server. */
    public Authenticate(Mechanisms mechanisms, MailboxManager mailboxManager, Modes modes, Capabilities capabilities) {
        this.mechanisms = mechanisms;
        this.mailboxManager = mailboxManager;
        this.modes = modes;
        this.capabilities = capabilities;
    }

    @Override
    public String name() {
        return "AUTHENTICATE";
    }

    @Override
    public Set<DmapState> allowedIn() {
        return Sets.immutableEnumSet(DmapState.NOT_AUTHENTICATED);
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        Connection<Frame, DmapReply> connection = session.connection();
        Client client = session.client();
        if (!mechanisms.offered(client).contains(request.mechanism().toUpperCase(Locale.US))) {
            return Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "unsupported authentication mechanism"));
        }
        return mechanisms.converse(request.mechanism(), client, request.initialResponse(), challenge -> ask(challenge, connection))
            .flatMap(user -> withInbox(user).thenReturn(user))
            .flatMap(user -> modes.of(user.getUser()).doOnNext(mode -> session.authenticated(user, mode)))
            .doOnNext(mode -> session.answerWith(new ResponseCode.Capabilities(capabilities.of(session))))
            .then(Mono.empty());
    }

    private static Mono<byte[]> ask(byte[] challenge, Connection<Frame, DmapReply> connection) {
        return connection.ask(new ContinuationRequest(Base64.getEncoder().encodeToString(challenge)))
            .map(frame -> response(frame, connection));
    }

    private static byte[] response(Frame frame, Connection<Frame, DmapReply> connection) {
        if (frame instanceof Frame.Refused refused) {
            throw refused.failure();
        }
        Optional<String> line = frame instanceof Frame.Command command ? command.text().singleLine() : Optional.empty();
        if (line.isEmpty()) {
            // A literal where a line was due: the octets that may follow it belong to nothing.
            connection.closeAfterReply();
            throw new ProtocolException(Failure.SYNTAX, "expected a line of base64");
        }
        return Sasl.response(line.get());
    }

    /** Draft section 6.1: INBOX is the user's primary mailbox; James makes it at the first need. */
    private Mono<Void> withInbox(MailboxSession user) {
        return Mono.from(mailboxManager.hasInbox(user))
            .filter(present -> !present)
            .flatMap(absent -> Mono.from(mailboxManager.createMailboxReactive(MailboxPath.inbox(user), user)))
            .onErrorResume(MailboxExistsException.class, madeMeanwhile -> Mono.empty())
            .then();
    }
}
