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


package io.jamesext.lemonade.smtp.data;

import java.util.Optional;

import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.JamesRcptCmdHandler;
import org.jspecify.annotations.Nullable;

import com.google.inject.Inject;

/** James's RCPT, RFC 5321 section 4.1.1.3, for recipients that no message has begun for. */
public final class RcptCommand extends JamesRcptCmdHandler {
    @Inject
    public RcptCommand(MetricFactory metrics, DomainList domains) {
        super(metrics, domains);
    }

    @Override
    protected @Nullable Response doFilterChecks(SMTPSession session, String command, @Nullable String argument) {
        if (Assembly.of(session).isPresent()) {
            return new SMTPResponse("503", "5.5.1 RCPT does not follow BDAT or BURL");
        }
        return Parameters.refusal(Optional.ofNullable(argument).orElse(""),
            keyword -> getHooks().stream().anyMatch(hook -> hook.supportedParameters().contains(keyword)))
            // James looks for the end of the path from behind, where a value may have one.
            .orElseGet(() -> super.doFilterChecks(session, command, Optional.ofNullable(argument).map(Parameters::path).orElse(null)));
    }

    /** James hands its hooks the words between single spaces, and fails over two of them. */
    @Override
    protected HookResult callHook(RcptHook hook, SMTPSession session, @Nullable String argument) {
        return super.callHook(hook, session, String.join(" ", Parameters.of(Optional.ofNullable(argument).orElse(""))));
    }
}
