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
import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.SignetName;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Pins a signet, in the place of one that it continues. Draft section 7.5, PROTOCOL.md section 6.3:
 * {@code "ADDSIGNET" SP signet-name SP literal8}.
 */
public final class AddSignet implements DmapOperation<AddSignet.Request> {
    private static final int MAX_SIGNETS = 1000;

    /** Whose, and the signet, signed by the key in it. */
    public record Request(SignetName name, Signet signet) {
        static Request parse(DmapReader arguments) {
            SignetName name = SignetName.of(arguments.expectSpace().expectAstring("an address"));
            byte[] object = arguments.expectSpace().expectBinary("the signet as a literal", Signet.MAX_BYTES);
            ObjectType type = DimeObject.typeOf(object);
            if (type != ObjectType.USER_SIGNET && type != ObjectType.ORGANISATION_SIGNET) {
                throw new ProtocolException(Failure.SYNTAX, "the object is not a signet of a user or of an organisation");
            }
            Signet signet = Signet.read(object);
            if (!SignetSignatures.isSelfSigned(signet)) {
                throw new ProtocolException(Failure.SYNTAX, "the signet is not signed by the key in it");
            }
            return new Request(name, signet);
        }
    }

    private final Dime dime;

    /** On the rings and the domains. */
    public AddSignet(Dime dime) {
        this.dime = dime;
    }

    @Override
    public String name() {
        return "ADDSIGNET";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        Username user = session.mailboxSession().getUser();
        return Mono.fromRunnable(() -> checkOwner(request))
            .then(Mono.defer(() -> organisation(request, user)))
            .doOnNext(organisation -> checkOrganisation(request.signet(), organisation))
            .then(Mono.defer(() -> dime.ring().find(user, request.name()).map(Optional::of).defaultIfEmpty(Optional.empty())))
            .flatMap(pinned -> pin(request, pinned, session));
    }

    private static void checkOwner(Request request) {
        boolean isUsers = request.signet().type() == ObjectType.USER_SIGNET;
        if (isUsers ? request.name().isDomain() : request.name().isAddress()) {
            throw refusal("a user's signet goes by an address, an organisation's by its domain");
        }
        if (!request.signet().identifier().map(request.name()::isOf).orElse(true)) {
            throw refusal("the signet says that it is another's");
        }
    }

    /** The signet of the address's domain where it is known: a domain of this installation, or one that the user has pinned. */
    private Mono<Signet> organisation(Request request, Username user) {
        if (!request.name().isAddress()) {
            return request.name().isDomain() ? dime.signets().ofDomain(request.name().toString()) : Mono.empty();
        }
        SignetName domain = request.name().domain();
        return dime.signets().ofDomain(domain.toString()).switchIfEmpty(Mono.defer(() -> dime.ring().find(user, domain)));
    }

    private static void checkOrganisation(Signet signet, Signet organisation) {
        boolean isItsOwn = signet.type() == ObjectType.ORGANISATION_SIGNET && signet.signingKey().equals(organisation.signingKey());
        if (!isItsOwn && !SignetSignatures.isSignedBy(signet, organisation)) {
            throw refusal("the signet is not signed by the organisation of its domain");
        }
    }

    private Mono<DmapReply> pin(Request request, Optional<Signet> pinned, DmapSession session) {
        Username user = session.mailboxSession().getUser();
        if (!pinned.map(older -> isTheSameOrContinues(request.signet(), older)).orElse(true)) {
            return Mono.error(session.refusal(Failure.CONFLICT, new ResponseCode.Plain("CUSTODYBROKEN"),
                "the signet is not signed by the key of the pinned one"));
        }
        return dime.ring().names(user).count()
            .filter(count -> pinned.isPresent() || count < MAX_SIGNETS)
            .switchIfEmpty(Mono.error(() -> session.refusal(Failure.OVER_QUOTA, new ResponseCode.Plain("LIMIT"),
                "there are " + MAX_SIGNETS + " signets in the ring")))
            .flatMap(count -> dime.ring().put(user, request.name(), request.signet(), pinned))
            .flatMap(done -> done ? Mono.empty()
                : Mono.error(new ProtocolException(Failure.CONFLICT, "another session changes the signet of this name")));
    }

    /** An organisation's signet has no chain of custody: it is the same one while it has the same signing key. */
    private static boolean isTheSameOrContinues(Signet signet, Signet older) {
        if (signet.type() != older.type()) {
            return false;
        }
        return signet.type() == ObjectType.ORGANISATION_SIGNET
            ? signet.signingKey().equals(older.signingKey())
            : signet.fingerprint(SignetLevel.REQUEST).equals(older.fingerprint(SignetLevel.REQUEST))
                || SignetSignatures.continues(signet, older);
    }

    private static ProtocolException refusal(String text) {
        return new ProtocolException(Failure.NOT_SUPPORTED, text);
    }
}
