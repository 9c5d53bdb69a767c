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
package io.jamesext.dmap.op.signetring;

import java.util.Optional;

import org.apache.james.core.Username;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.SignetEntry;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.SignetName;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Gets a signet: the pinned one, else that of a user or a domain of this installation, else, when the client wants it, what the address's
 * domain answers. Draft section 7.5, PROTOCOL.md section 6.3:
 * {@code "GETSIGNET" SP signet-name [SP "FINGERPRINT" SP fingerprint] [SP "REMOTE"]}.
 */
public final class GetSignet implements DmapOperation<GetSignet.Request> {
    /** Whose, which one of several, and whether others may be asked. */
    public record Request(SignetName name, Optional<Fingerprint> fingerprint, boolean remote) {
        static Request parse(DmapReader arguments) {
            SignetName name = SignetName.of(arguments.expectSpace().expectAstring("an address"));
            Optional<Fingerprint> fingerprint = arguments.acceptSpaceAndWord("FINGERPRINT")
                ? Optional.of(Fingerprint.parse(arguments.expectSpace().expectAtom("a fingerprint"))) : Optional.empty();
            return new Request(name, fingerprint, arguments.acceptSpaceAndWord("REMOTE"));
        }
    }

    private final Dime dime;

    /** On the rings and the directory. */
    public GetSignet(Dime dime) {
        this.dime = dime;
    }

    @Override
    public String name() {
        return "GETSIGNET";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        Username user = session.mailboxSession().getUser();
        return mayAsk(request, user)
            .then(Mono.defer(() -> pinned(request, user)))
            .switchIfEmpty(Mono.defer(() -> local(request)))
            .switchIfEmpty(Mono.defer(() -> remote(request)))
            // The same for users without keys, for nobody, and for domains that are not here.
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such signet")))
            .map(signet -> new SignetEntry(request.name().toString(), Optional.of(signet)));
    }

    /** The address would tell the server, and the other domain, whom the user writes to. */
    private Mono<Void> mayAsk(Request request, Username user) {
        return dime.modes().of(user)
            .filter(mode -> request.remote() && mode == Mode.PARANOID)
            .flatMap(mode -> Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "in PARANOID mode the server asks no other domains")));
    }

    private Mono<Signet> pinned(Request request, Username user) {
        return dime.ring().find(user, request.name()).filter(signet -> isWanted(request, signet));
    }

    private Mono<Signet> local(Request request) {
        return request.name().user()
            .map(user -> request.fingerprint().map(name -> dime.signets().find(user, name)).orElseGet(() -> dime.signets().current(user)))
            .orElseGet(() -> dime.signets().ofDomain(request.name().toString()).filter(signet -> isWanted(request, signet)));
    }

    /** A token is for what the server is not to know, and is nobody's name elsewhere. */
    private Mono<Signet> remote(Request request) {
        return request.remote() && (request.name().isAddress() || request.name().isDomain())
            ? dime.remote().find(request.name().toString(), request.fingerprint()).onErrorMap(ProtocolException.class, GetSignet::told)
            : Mono.empty();
    }

    /** An answer that is none does not become one when the client asks again, as CONFLICT (INUSE) would say. */
    private static ProtocolException told(ProtocolException failure) {
        return failure.failure() == Failure.CONFLICT ? new ProtocolException(Failure.NOT_SUPPORTED, failure.text()) : failure;
    }

    private static boolean isWanted(Request request, Signet signet) {
        return request.fingerprint().map(signet::isNamed).orElse(true);
    }
}
