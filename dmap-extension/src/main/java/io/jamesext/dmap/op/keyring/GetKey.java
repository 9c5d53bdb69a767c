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

import java.util.Optional;

import org.apache.james.core.Username;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Key;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.Modes;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/** Gives a key of the user. Draft section 7.4.1: {@code "GETKEY" SP keyid SP ("PRIVATE" / "PUBLIC" / "BOTH")}. */
public final class GetKey implements DmapOperation<GetKey.Request> {
    /** Which key, and which parts of it. */
    public record Request(Fingerprint id, boolean publicPart, boolean privatePart) {
        static Request parse(DmapReader arguments) {
            Fingerprint id = Fingerprint.parse(arguments.expectSpace().expectAtom("a key id"));
            String part = arguments.expectSpace().expectWord("PRIVATE, PUBLIC or BOTH");
            return switch (part) {
                case "PRIVATE" -> new Request(id, false, true);
                case "PUBLIC" -> new Request(id, true, false);
                case "BOTH" -> new Request(id, true, true);
                default -> throw new ProtocolException(Failure.SYNTAX, "expected PRIVATE, PUBLIC or BOTH");
            };
        }
    }

    private final KeyRing keys;
    private final Modes modes;

    /** On the users' keys. */
    public GetKey(Dime dime) {
        this.keys = dime.keys();
        this.modes = dime.modes();
    }

    @Override
    public String name() {
        return "GETKEY";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        Username user = session.mailboxSession().getUser();
        return mayHave(request, user)
            .then(Mono.defer(() -> keys.find(user, request.id())))
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such key")))
            .flatMap(key -> privatePart(request, user).map(privatePart -> new Key(request.id().toString(),
                Optional.of(key.signet().toBytes()).filter(octets -> request.publicPart()), privatePart)));
    }

    private Mono<Void> mayHave(Request request, Username user) {
        return modes.of(user)
            .filter(mode -> request.privatePart() && mode == Mode.PARANOID)
            .flatMap(mode -> Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "in PARANOID mode the server has no private keys")));
    }

    private Mono<Optional<byte[]>> privatePart(Request request, Username user) {
        return !request.privatePart() ? Mono.just(Optional.empty()) : keys.privateKeys(user, request.id())
            .map(Optional::of)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE,
                "the server has not the private part of this key")));
    }
}
