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
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Asks other domains, with measure: what strangers write into messages decides whom we ask and what for. So no domain is asked too often,
 * none that has failed is asked again at once, and none takes all the threads that there are for it. Whoever has a domain has as many
 * below it as he likes, so these count with it.
 */
final class DmtpQuestions {
    private static final Logger LOGGER = LoggerFactory.getLogger(DmtpQuestions.class);
    /** Questions at once: each holds a thread. */
    private static final int AT_ONCE = 16;
    private static final int AT_ONCE_TO_ONE = 4;
    /** To one domain. A server of this bundle answers 120 in a minute, and there may be more nodes than this one. */
    private static final int IN_A_MINUTE = 60;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Domains that are counted, and that have failed. Protects the heap. */
    private static final int MOST = 10_000;

    private final DmtpClient client;
    private final Semaphore threads = new Semaphore(AT_ONCE);
    private final Multiset<String> atOnce = ConcurrentHashMultiset.create();
    private final Cache<String, AtomicInteger> asked = CacheBuilder.newBuilder().maximumSize(MOST).expireAfterWrite(MINUTE).build();
    private final Cache<String, DmtpException> failed = CacheBuilder.newBuilder().maximumSize(MOST).expireAfterWrite(MINUTE).build();

    DmtpQuestions(DmtpClient client) {
        this.client = client;
    }

    /** The answer; empty only if the domain has another signet than the one that is meant. BUSY if it is one question too many. */
    Optional<Signet> ask(Question question) throws DmtpException {
        String domain = question.domain();
        DmtpException before = failed.getIfPresent(domain);
        if (before != null) {
            throw before;
        }
        String registered = Domains.registered(domain);
        // For its present signet a domain is asked once in a while. Who asks for others, or for names below it, must not keep us from that.
        boolean counts = !question.isForDomainNow() || !domain.equals(registered);
        if (counts && isOneTooMany(registered) || !threads.tryAcquire()) {
            throw busy();
        }
        try {
            if (atOnce.add(registered, 1) >= AT_ONCE_TO_ONE) {
                throw busy();
            }
            return answer(question);
        } catch (DmtpException e) {
            LOGGER.info("No signet by DMTP: {}", e.text());
            LOGGER.debug("The cause of {}", e.text(), e.getCause());
            if (e.kind() != DmtpException.Kind.PERMANENT || question.isForDomainNow()) {
                failed.put(domain, e);
            }
            throw e;
        } finally {
            atOnce.remove(registered);
            threads.release();
        }
    }

    private boolean isOneTooMany(String registered) {
        return asked.asMap().computeIfAbsent(registered, domain -> new AtomicInteger()).incrementAndGet() > IN_A_MINUTE;
    }

    private static ProtocolException busy() {
        return new ProtocolException(Failure.BUSY, "too many questions to other servers");
    }

    private Optional<Signet> answer(Question question) throws DmtpException {
        Optional<Signet> signet = client.signet(question);
        if (signet.isEmpty() && question.isForDomainNow()) {
            throw new DmtpException(DmtpException.Kind.NO_SERVER, "the server of " + question.domain() + " has no signet for it");
        }
        return signet;
    }
}
