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
package io.jamesext.dmap.dmtp.client;

import java.time.Duration;
import java.util.Optional;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.ring.Organisations;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** The signets of other installations by DMTP, checked, and remembered for some minutes. */
public final class DmtpSignets implements RemoteSignets {
    /** Octets of the heap for signets that are remembered. */
    private static final int MOST_BYTES = 32 << 20;
    /** For an entry, and for each field, beside their octets. */
    private static final int ENTRY_BYTES = 1024;
    private static final int FIELD_BYTES = 80;
    private static final Duration FOUND = Duration.ofMinutes(10);

    private final Organisations own;
    private final DmtpQuestions questions;
    private final Cache<Question, Signet> found = CacheBuilder.newBuilder()
        .maximumWeight(MOST_BYTES)
        .weigher((Question question, Signet signet) -> heapBytes(signet))
        .expireAfterWrite(FOUND)
        .build();

    /** By injection. */
    @Inject
    public DmtpSignets(Organisations own, DmtpClient client) {
        this.own = own;
        this.questions = new DmtpQuestions(client);
    }

    @Override
    public Mono<Signet> find(String address, Optional<Fingerprint> fingerprint) {
        return Blocking.call(() -> find(new Question(address, fingerprint)))
            .flatMap(Mono::justOrEmpty)
            .onErrorMap(DmtpException.class, DmtpSignets::told);
    }

    @Override
    public Optional<Signet> known(String address, Optional<Fingerprint> fingerprint) {
        return Optional.ofNullable(found.getIfPresent(new Question(address, fingerprint)));
    }

    private Optional<Signet> find(Question question) throws DmtpException {
        // Of these we know all that there is, and whoever answers for them elsewhere is somebody else.
        if (own.of(question.domain()).isPresent()) {
            return Optional.empty();
        }
        Optional<Signet> known = Optional.ofNullable(found.getIfPresent(question));
        if (known.isPresent()) {
            return known;
        }
        Optional<Signet> signet = question.isForDomainNow() ? questions.ask(question) : ask(question);
        signet.ifPresent(answer -> found.put(question, answer));
        return signet;
    }

    /** Begins with the domain's present signet: it may be the one that is meant, and it vouches for a user's. */
    private Optional<Signet> ask(Question question) throws DmtpException {
        Signet organisation = find(Question.now(question.domain())).orElseThrow();
        if (!question.isForUser() && question.fingerprint().filter(organisation::isNamed).isPresent()) {
            return Optional.of(organisation);
        }
        Optional<Signet> signet = questions.ask(question);
        if (question.isForUser() && signet.isPresent() && !SignetSignatures.isSignedBy(signet.get(), organisation)) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, "the signet is not signed by its organisation");
        }
        return signet;
    }

    /** About. A signet has its octets twice, whole and by fields. */
    private static int heapBytes(Signet signet) {
        return ENTRY_BYTES + FIELD_BYTES * signet.fields().size() + 2 * signet.toBytes().length;
    }

    private static ProtocolException told(DmtpException failure) {
        return switch (failure.kind()) {
            case TEMPORARY, NO_SERVER -> new ProtocolException(Failure.BUSY, failure.text());
            case PERMANENT -> new ProtocolException(Failure.CONFLICT, failure.text());
        };
    }
}
