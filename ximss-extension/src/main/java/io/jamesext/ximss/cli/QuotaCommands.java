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
package io.jamesext.ximss.cli;

import java.util.List;
import java.util.Optional;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.util.Size;
import org.apache.james.util.SizeFormat;

import com.google.inject.Inject;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Quotas, in the words of James's own client. A quota root is written {@code #private&alice@example.org}. */
public final class QuotaCommands {
    private static final List<String> ROOT = List.of("quotaroot");
    private static final String STORAGE = "maxStorage";
    private static final String COUNT = "maxMessageCount";
    private static final long UNLIMITED = -1;

    private final QuotaManager quotas;
    private final MaxQuotaManager limits;
    private final QuotaRootResolver roots;

    /** On James's services. */
    @Inject
    public QuotaCommands(QuotaManager quotas, MaxQuotaManager limits, QuotaRootResolver roots) {
        this.quotas = quotas;
        this.limits = limits;
        this.roots = roots;
    }

    List<Command> reading() {
        return List.of(
            Command.result("GetStorageQuota", ROOT, this::isOwn, (given, asker) -> storage(given.get(0))),
            Command.result("GetMessageCountQuota", ROOT, this::isOwn, (given, asker) -> count(given.get(0))),
            Command.result("GetQuotaroot", List.of("namespace", "user", "name"),
                (given, asker) -> Arguments.isAsker(given.get(1), asker),
                (given, asker) -> Result.text("Quota Root: "
                    + roots.getQuotaRoot(Arguments.mailbox(given.get(0), Arguments.user(given.get(1)), given.get(2))).getValue())),
            Command.result("GetMaxStorageQuota", ROOT, this::isOwn,
                (given, asker) -> Result.text("Storage space allowed for Quota Root " + given.get(0) + ": "
                    + size(limits.getMaxStorage(root(given.get(0)))))),
            Command.result("GetMaxMessageCountQuota", ROOT, this::isOwn,
                (given, asker) -> Result.text("MailboxMessage count allowed for Quota Root " + given.get(0) + ": "
                    + number(limits.getMaxMessage(root(given.get(0)))))));
    }

    List<Command> setting() {
        return List.of(
            Command.change("SetMaxStorageQuota", List.of("quotaroot", STORAGE), Command.NEVER,
                (given, asker) -> limits.setMaxStorage(root(given.get(0)), sizeLimit(given.get(1)))),
            Command.change("SetMaxMessageCountQuota", List.of("quotaroot", COUNT), Command.NEVER,
                (given, asker) -> limits.setMaxMessage(root(given.get(0)), countLimit(given.get(1)))),
            Command.change("SetGlobalMaxStorageQuota", List.of(STORAGE), Command.NEVER,
                (given, asker) -> limits.setGlobalMaxStorage(sizeLimit(given.get(0)))),
            Command.change("SetGlobalMaxMessageCountQuota", List.of(COUNT), Command.NEVER,
                (given, asker) -> limits.setGlobalMaxMessage(countLimit(given.get(0)))),
            Command.result("GetGlobalMaxStorageQuota", List.of(), Command.NEVER,
                (given, asker) -> Result.text("Global Maximum Storage Quota: " + size(limits.getGlobalMaxStorage()))),
            Command.result("GetGlobalMaxMessageCountQuota", List.of(), Command.NEVER,
                (given, asker) -> Result.text("Global Maximum message count Quota: " + number(limits.getGlobalMaxMessage()))));
    }

    private boolean isOwn(List<String> given, MailboxSession asker) throws MailboxException {
        return roots.getQuotaRoot(MailboxPath.inbox(asker)).getValue().equals(given.get(0));
    }

    private QuotaRoot root(String argument) {
        return Arguments.read(argument, text -> {
            try {
                QuotaRoot root = roots.fromString(text);
                // Else it could not be told from one, and would hold for nobody.
                return roots.getQuotaRoot(MailboxPath.inbox(roots.associatedUsername(root)));
            } catch (MailboxException e) {
                throw new ProtocolException(Failure.SYNTAX, "not a quota root");
            }
        }, "not a quota root");
    }

    private Optional<Result> storage(String root) throws MailboxException {
        Quota<QuotaSizeLimit, QuotaSizeUsage> quota = quotas.getStorageQuota(root(root));
        return Result.text("Storage quota for " + root + " is: " + SizeFormat.format(quota.getUsed().asLong()) + " / "
            + size(Optional.of(quota.getLimit())));
    }

    private Optional<Result> count(String root) throws MailboxException {
        Quota<QuotaCountLimit, QuotaCountUsage> quota = quotas.getMessageQuota(root(root));
        return Result.text("MailboxMessage count quota for " + root + " is: " + quota.getUsed().asLong() + " / "
            + number(Optional.of(quota.getLimit())));
    }

    /** Bytes, or as 10M; -1 for none. */
    private static QuotaSizeLimit sizeLimit(String argument) {
        String error = "a size is written 1000, 10M, or -1 for none";
        long bytes = Arguments.read(argument, text -> text.isEmpty() ? Size.UNKNOWN_VALUE : Size.parse(text).asBytes(), error);
        return bytes == UNLIMITED ? QuotaSizeLimit.unlimited() : Arguments.read(argument, text -> QuotaSizeLimit.size(bytes), error);
    }

    /** -1 for none. */
    private static QuotaCountLimit countLimit(String argument) {
        long messages = Arguments.read(argument, Long::parseLong, "a number of messages is written 1000, or -1 for none");
        return messages == UNLIMITED ? QuotaCountLimit.unlimited()
            : Arguments.read(argument, text -> QuotaCountLimit.count(messages), "a number of messages is written 1000, or -1 for none");
    }

    private static String size(Optional<QuotaSizeLimit> limit) {
        return limit.map(value -> value.isUnlimited() ? Size.UNLIMITED : SizeFormat.format(value.asLong())).orElse(Size.UNKNOWN);
    }

    private static String number(Optional<QuotaCountLimit> limit) {
        return limit.map(value -> value.isUnlimited() ? Size.UNLIMITED : Long.toString(value.asLong())).orElse(Size.UNKNOWN);
    }
}
