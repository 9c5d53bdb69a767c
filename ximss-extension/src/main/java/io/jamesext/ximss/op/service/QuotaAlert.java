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
package io.jamesext.ximss.op.service;

import java.time.Clock;
import java.time.Instant;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.reply.Alert;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.session.XimssSession.State;
import reactor.core.publisher.Mono;

/**
 * Tells a session once that its account is over quota, and again after it was not in between. XIMSS, "Protocol and Message Syntax", has
 * this alert as its example; James has no other that is meant for a user.
 */
public final class QuotaAlert {
    private static final Logger LOGGER = LoggerFactory.getLogger(QuotaAlert.class);
    private static final String KEY = "alert";

    private final QuotaManager quotas;
    private final QuotaRootResolver roots;
    private final Clock clock;
    private final Preferences preferences;

    /** On James's quotas. */
    public QuotaAlert(QuotaManager quotas, QuotaRootResolver roots, Clock clock, Preferences preferences) {
        this.quotas = quotas;
        this.roots = roots;
        this.clock = clock;
        this.preferences = preferences;
    }

    /** Looks at the quota if it was not looked at just before, and sends the alert. Never fails. */
    Mono<Void> check(XimssSession session) {
        Instant now = clock.instant();
        if (session.state() != State.LOGGED_IN || !session.isQuotaCheckDue(now)) {
            return Mono.empty();
        }
        return Blocking.call(() -> isExceeded(session.mailboxSession()))
            .filter(session::quotaChecked)
            .flatMap(exceeded -> preferences.zone(session.mailboxSession().getUser()))
            .doOnNext(zone -> session.push(KEY, new Alert(now, zone, "Account is over quota")))
            .then()
            .onErrorResume(e -> {
                // noop "always succeeds".
                LOGGER.warn("the quota could not be read", e);
                return Mono.empty();
            });
    }

    private boolean isExceeded(MailboxSession session) throws MailboxException {
        QuotaRoot root = roots.getQuotaRoot(MailboxPath.inbox(session));
        return quotas.getMessageQuota(root).isOverQuota() || quotas.getStorageQuota(root).isOverQuota();
    }
}
