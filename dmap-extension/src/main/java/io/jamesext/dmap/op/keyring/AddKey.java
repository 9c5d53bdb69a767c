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
package io.jamesext.dmap.op.keyring;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.dime.DimeObject;
import io.jamesext.dmap.dime.ObjectType;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.mail.DateTime;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.ResponseCode;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Adds a key, which is the current one from then on: the organisation signs what the user asks for. Draft section 7.4.2, PROTOCOL.md
 * section 6.2: {@code "ADDKEY" SP keyid [SP "EXPIRES" SP date-time] SP literal8 [SP literal8]}.
 */
public final class AddKey implements DmapOperation<AddKey.Request> {
    /** The longest signing request in octets: keys and signatures need 206, and alternate keys are not used. */
    private static final int MAX_REQUEST_BYTES = 1024;

    /**
     * What is to be added.
     *
     * @param id as the client says
     * @param signet the signing request, signed by its owner
     * @param expires until when the key must not be deleted
     * @param privateKeys the object of the private ones
     */
    public record Request(Fingerprint id, Signet signet, Optional<Instant> expires, Optional<byte[]> privateKeys) {
        static Request parse(DmapReader arguments) {
            Fingerprint id = Fingerprint.parse(arguments.expectSpace().expectAtom("a key id"));
            Optional<Instant> expires = arguments.acceptSpaceAndWord("EXPIRES") ? Optional.of(date(arguments)) : Optional.empty();
            Signet signet = signet(arguments.expectSpace().expectBinary("the signing request as a literal", MAX_REQUEST_BYTES));
            if (!signet.fingerprint(SignetLevel.REQUEST).equals(id)) {
                throw new ProtocolException(Failure.SYNTAX, "the key id is not the fingerprint of the signing request");
            }
            Optional<byte[]> privateKeys = arguments.accept(' ')
                ? Optional.of(arguments.expectBinary("private keys as a literal", PrivateKeys.MAX_BYTES)) : Optional.empty();
            privateKeys.ifPresent(object -> PrivatePart.check(object, signet));
            return new Request(id, signet, expires, privateKeys);
        }

        private static Instant date(DmapReader arguments) {
            return DateTime.parse(arguments.expectSpace().quotedString().orElseThrow(() -> arguments.expected("a date in quotes")));
        }

        private static Signet signet(byte[] object) {
            if (DimeObject.typeOf(object) != ObjectType.SIGNING_REQUEST) {
                throw new ProtocolException(Failure.SYNTAX, "the first object is not a signing request");
            }
            Signet signet = Signet.read(object);
            if (!SignetSignatures.isSelfSigned(signet)) {
                throw new ProtocolException(Failure.SYNTAX, "the signing request is not signed by the key in it");
            }
            return signet;
        }
    }

    private final Dime dime;
    private final Clock clock;

    /** On the users' keys. */
    public AddKey(Dime dime, Clock clock) {
        this.dime = dime;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ADDKEY";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        Username user = session.mailboxSession().getUser();
        return checkMode(request, user)
            .then(Mono.fromCallable(() -> new RingKey(organisation(user).sign(request.signet(), user), request.privateKeys(),
                clock.instant(), request.expires())))
            .flatMap(key -> dime.keys().add(user, key))
            .flatMap(addition -> addition == KeyRing.Addition.ADDED ? checkAgain(request, user) : answer(addition, session));
    }

    private Mono<Void> checkMode(Request request, Username user) {
        return Mono.justOrEmpty(request.privateKeys())
            .flatMap(object -> dime.modes().of(user).doOnNext(mode -> PrivatePart.checkMode(object, mode)))
            .then();
    }

    /** The operator may have changed the mode meanwhile, and seen no key. Who changes it looks again behind that: one sees the other. */
    private Mono<DmapReply> checkAgain(Request request, Username user) {
        return checkMode(request, user)
            .onErrorResume(ProtocolException.class, refusal -> dime.keys().remove(user, request.id()).then(Mono.error(refusal)))
            .then(Mono.empty());
    }

    private Organisation organisation(Username user) {
        return user.getDomainPart().map(Domain::asString).flatMap(dime.organisations()::of)
            .orElseThrow(() -> new ProtocolException(Failure.NOT_SUPPORTED, "the server has no keys for the user's domain"));
    }

    private static Mono<DmapReply> answer(KeyRing.Addition addition, DmapSession session) {
        return switch (addition) {
            case ADDED -> Mono.empty();
            case EXISTS -> Mono.error(new ProtocolException(Failure.MAILBOX_EXISTS, "there is a key with this id"));
            case CUSTODY_BROKEN -> Mono.error(session.refusal(Failure.CONFLICT, new ResponseCode.Plain("CUSTODYBROKEN"),
                "the request is not signed by the current key"));
            case FULL -> Mono.error(session.refusal(Failure.OVER_QUOTA, new ResponseCode.Plain("LIMIT"),
                "there are " + KeyRing.MAX_KEYS + " keys in the ring"));
        };
    }
}
