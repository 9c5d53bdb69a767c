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
import java.util.List;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Mono;

/**
 * Deletes a key. Draft section 7.4.3, "MUST fail if there are any messages associated with the key id or if the expiry of the key hasn't
 * been reached"; PROTOCOL.md section 6.2: {@code "DELETEKEY" SP keyid}.
 */
public final class DeleteKey implements DmapOperation<DeleteKey.Request> {
    /** Which. */
    public record Request(Fingerprint id) {
        static Request parse(DmapReader arguments) {
            return new Request(Fingerprint.parse(arguments.expectSpace().expectAtom("a key id")));
        }
    }

    private final Dime dime;
    private final KeyUse use;
    private final Clock clock;

    /** On the users' keys and messages. */
    public DeleteKey(Dime dime, MailboxManager mailboxManager, Clock clock) {
        this.dime = dime;
        this.use = new KeyUse(mailboxManager);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "DELETEKEY";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        Username user = session.mailboxSession().getUser();
        return Mono.zip(dime.keys().all(user).collectList(), dime.modes().of(user))
            .doOnNext(known -> check(request.id(), known.getT1(), known.getT2()))
            .flatMap(known -> use.isUsed(request.id(), session.mailboxSession()))
            .doOnNext(used -> refuseIf(used, Failure.CONFLICT, "there are messages that belong to the key"))
            .then(Mono.defer(() -> dime.keys().remove(user, request.id())))
            .then(Mono.empty());
    }

    private void check(Fingerprint id, List<RingKey> keys, Mode mode) {
        RingKey key = keys.stream().filter(known -> known.id().equals(id)).findFirst()
            .orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such key"));
        refuseIf(key.expires().filter(clock.instant()::isBefore).isPresent(), Failure.NOT_SUPPORTED, "the key has not expired yet");
        boolean isCurrent = keys.get(0).id().equals(id);
        // An older one would become the current one again, and who knows the newer one would see the chain of custody broken.
        refuseIf(isCurrent && keys.size() > 1, Failure.CONFLICT, "the key is the current one, and others are older");
        // Mail that arrives could not be encrypted any more.
        refuseIf(isCurrent && mode != Mode.TRUSTFUL, Failure.CONFLICT, "the key is the current one");
    }

    private static void refuseIf(boolean condition, Failure failure, String text) {
        if (condition) {
            throw new ProtocolException(failure, text);
        }
    }
}
