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

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.account.LogInHistory;
import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.CurrentStatus;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.rule.RuleVocabulary;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.smime.UserKeys;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Says how full the user's storage is, who has logged in before, or tried to, which mail rules the user may set, and whether S/MIME is
 * unlocked. XIMSS, "Service Operations", readStatus.
 *
 * <pre>{@code <readStatus id="" />}</pre>
 */
public final class ReadStatus implements XimssOperation<ReadStatus.Request> {
    /** It has no attributes. */
    public record Request() {
    }

    private final QuotaManager quotas;
    private final QuotaRootResolver roots;
    private final LogInHistory history;
    private final Preferences preferences;
    private final UserKeys keys;
    private final List<String> others;

    /** On James's quotas and what is known of users; and whether these may retrieve documents from other servers. */
    public ReadStatus(QuotaManager quotas, QuotaRootResolver roots, LogInHistory history, Preferences preferences, UserKeys keys,
                      boolean http) {
        this.quotas = quotas;
        this.roots = roots;
        this.history = history;
        this.preferences = preferences;
        this.keys = keys;
        this.others = http ? List.of("HTTP") : List.of();
    }

    @Override
    public String name() {
        return "readStatus";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Username user = session.mailboxSession().getUser();
        return Mono.zip(
                Blocking.call(() -> quotas.getStorageQuota(roots.getQuotaRoot(MailboxPath.inbox(session.mailboxSession())))),
                session.previousLogIn(),
                history.lastFailed(user),
                preferences.zone(user),
                options(session))
            .map(known -> status(known.getT1(), known.getT2(), known.getT3(), known.getT4(), known.getT5()))
            .flux();
    }

    private Mono<List<String>> options(XimssSession session) {
        return keys.has(session.mailboxSession().getUser()).map(has -> {
            Stream<String> secure = !has ? Stream.of("S/MIME")
                : Stream.of("S/MIME", session.key().find().isPresent() ? "SMIMEActive" : "SMIMEInactive");
            return Stream.concat(secure, others.stream()).toList();
        });
    }

    private static CurrentStatus status(Quota<QuotaSizeLimit, QuotaSizeUsage> quota, Optional<LogInHistory.Entry> previous,
                                        Optional<LogInHistory.Entry> failed, ZoneId zone, List<String> options) {
        Optional<QuotaSizeLimit> limit = Optional.of(quota.getLimit()).filter(QuotaSizeLimit::isLimited);
        return new CurrentStatus(quota.getUsed().asLong(),
            limit.map(size -> OptionalLong.of(size.asLong())).orElseGet(OptionalLong::empty), previous, failed, zone,
            RuleVocabulary.MODE, options);
    }
}
