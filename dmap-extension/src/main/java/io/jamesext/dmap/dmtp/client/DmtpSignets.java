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
import java.util.concurrent.Semaphore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.inject.Inject;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetSignatures;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.dmap.ring.RemoteSignets;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** The signets of other installations by DMTP, checked, and remembered for some minutes. */
public final class DmtpSignets implements RemoteSignets {
    private static final Logger LOGGER = LoggerFactory.getLogger(DmtpSignets.class);
    /** Remembered at once. A usual signet has less than 1 KiB; none has more than 256. */
    private static final int MOST = 1000;
    private static final Duration FOUND = Duration.ofMinutes(10);
    /** Who asks in vain again and again does not make us ask others as often. */
    private static final Duration NOT_FOUND = Duration.ofMinutes(1);
    /** Questions at once: each holds a thread. */
    private static final int AT_ONCE = 16;

    /** What was asked. */
    private record Question(String name, Optional<Fingerprint> fingerprint) {
    }

    /** What came of it: a signet, none, or a failure. */
    private record Outcome(Optional<Signet> signet, Optional<ProtocolException> failure) {
    }

    private final DmtpClient client;
    private final Cache<Question, Signet> found = CacheBuilder.newBuilder().maximumSize(MOST).expireAfterWrite(FOUND).build();
    private final Cache<Question, Outcome> inVain = CacheBuilder.newBuilder().maximumSize(MOST).expireAfterWrite(NOT_FOUND).build();
    private final Semaphore asking = new Semaphore(AT_ONCE);

    /** By injection. */
    @Inject
    public DmtpSignets(DmtpClient client) {
        this.client = client;
    }

    @Override
    public Mono<Signet> find(String address, Optional<Fingerprint> fingerprint) {
        return Blocking.call(() -> known(new Question(address, fingerprint))).flatMap(outcome -> outcome.failure().isPresent()
            ? Mono.error(outcome.failure().get())
            : Mono.justOrEmpty(outcome.signet()));
    }

    private Outcome known(Question question) {
        Signet signet = found.getIfPresent(question);
        if (signet != null) {
            return new Outcome(Optional.of(signet), Optional.empty());
        }
        Outcome before = inVain.getIfPresent(question);
        return before != null ? before : ask(question);
    }

    private Outcome ask(Question question) {
        if (!asking.tryAcquire()) {
            return new Outcome(Optional.empty(), Optional.of(new ProtocolException(Failure.BUSY, "too many questions to other servers")));
        }
        Outcome outcome;
        try {
            Optional<Signet> signet = checked(question);
            signet.ifPresent(known -> found.put(question, known));
            outcome = new Outcome(signet, Optional.empty());
        } catch (DmtpException e) {
            LOGGER.info("No signet by DMTP: {}", e.text(), e.getCause());
            outcome = failed(e);
        } finally {
            asking.release();
        }
        if (outcome.signet().isEmpty()) {
            inVain.put(question, outcome);
        }
        return outcome;
    }

    private static Outcome failed(DmtpException failure) {
        return switch (failure.kind()) {
            case TEMPORARY, NO_SERVER -> new Outcome(Optional.empty(), Optional.of(new ProtocolException(Failure.BUSY, failure.text())));
            case PERMANENT -> new Outcome(Optional.empty(), Optional.of(new ProtocolException(Failure.CONFLICT, failure.text())));
        };
    }

    private Optional<Signet> checked(Question question) throws DmtpException {
        Optional<Signet> signet = client.signet(question.name(), question.fingerprint())
            .filter(found -> question.fingerprint().isEmpty() || found.isNamed(question.fingerprint().get()));
        if (signet.isPresent() && question.name().contains("@") && !isSigned(signet.get(), Domains.of(question.name()))) {
            throw new DmtpException(DmtpException.Kind.PERMANENT, "the signet is not signed by its organisation");
        }
        return signet;
    }

    private boolean isSigned(Signet user, String domain) throws DmtpException {
        Outcome organisation = known(new Question(domain, Optional.empty()));
        if (organisation.signet().isEmpty()) {
            throw new DmtpException(DmtpException.Kind.TEMPORARY, "the signet of the organisation cannot be had now");
        }
        return SignetSignatures.isSignedBy(user, organisation.signet().get());
    }
}
