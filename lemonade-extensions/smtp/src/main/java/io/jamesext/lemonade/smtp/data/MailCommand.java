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

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.smtpserver.JamesMailCmdHandler;
import org.jspecify.annotations.Nullable;

import com.google.inject.Inject;

/** James's MAIL, RFC 5321 section 4.1.1.2, with the parameters that there is a hook for and no others. */
public final class MailCommand extends JamesMailCmdHandler {
    private final Set<String> supported = new HashSet<>();

    @Inject
    public MailCommand(MetricFactory metrics, DomainList domains) {
        super(metrics, domains);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void wireExtensions(Class type, List handlers) {
        for (Object handler : handlers) {
            if (handler instanceof MailParametersHook hook) {
                supported.addAll(List.of(hook.getMailParamNames()));
            }
        }
        super.wireExtensions(type, handlers);
    }

    /**
     * James forgets the sender of a transaction over a second MAIL, and so the next one would go to the recipients of the first; and what
     * the parameters of a refused MAIL have left it would take for those of the next.
     */
    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            return new SMTPResponse("503", "5.5.1 There is a transaction already; RSET ends it");
        }
        Response response = super.onCommand(session, request);
        if (!response.getRetCode().equals(SMTPRetCode.MAIL_OK)) {
            session.resetState();
        }
        return response;
    }

    @Override
    protected @Nullable Response doFilterChecks(SMTPSession session, String command, @Nullable String argument) {
        String given = Optional.ofNullable(argument).orElse("");
        if (Parameters.of(given).stream().anyMatch(parameter -> !parameter.contains("="))) {
            // All have one, and James passes over a parameter that has none.
            return new SMTPResponse("501", "5.5.4 A parameter has no value");
        }
        return Parameters.refusal(given, supported::contains)
            .orElseGet(() -> super.doFilterChecks(session, command, argument));
    }
}
