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


package io.jamesext.lemonade.smtp.release;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.james.smtpserver.futurerelease.FutureReleaseMailParameterHook;
import org.apache.james.smtpserver.futurerelease.FutureReleaseParameters;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

import com.google.inject.Inject;

import io.jamesext.kernel.submit.Hold;
import io.jamesext.kernel.submit.MailSpool;
import io.jamesext.lemonade.smtp.data.Parameters;

/**
 * MAIL's parameters HOLDFOR and HOLDUNTIL: RFC 4865. James's queue holds the mail.
 *
 * <p>It is in a {@code handlerchain} where {@code smtpserver.xml} names it, which is for submission only: RFC 4865 section 4.2. James's
 * queue on RabbitMQ holds nothing, so there it offers nothing.
 */
public final class FutureRelease implements MailParametersHook, EhloExtension, JamesMessageHook {
    private static final AttachmentKey<String> KEY = AttachmentKey.of("jamesext.futureRelease", String.class);
    private static final String HOLDFOR = "HOLDFOR";
    private static final String HOLDUNTIL = "HOLDUNTIL";

    private final boolean holding;
    private final Clock clock;

    @Inject
    public FutureRelease(MailQueueFactory<?> queues, Clock clock) {
        this.holding = MailSpool.isHolding(queues);
        this.clock = clock;
    }

    @Override
    public String[] getMailParamNames() {
        return holding ? new String[] {HOLDFOR, HOLDUNTIL} : new String[0];
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return holding
            ? List.of("FUTURERELEASE " + Hold.LONGEST.toSeconds() + " "
                + clock.instant().plus(Hold.LONGEST).truncatedTo(ChronoUnit.SECONDS))
            : List.of();
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        if (session.getUsername() == null) {
            return Parameters.denied("530", "5.7.0 Authentication required");
        }
        if (session.getAttachment(KEY, State.Transaction).isPresent()) {
            return Parameters.denied("501", "5.5.4 HOLDFOR and HOLDUNTIL exclude each other");
        }
        Optional<Hold> hold = name.equals(HOLDFOR) ? Hold.seconds(value) : Hold.until(value, clock.instant());
        if (hold.filter(Hold::isPossible).isEmpty()) {
            return Parameters.denied("501", "5.5.4 The mail cannot be held for that long");
        }
        session.setAttachment(FutureReleaseMailParameterHook.FUTURERELEASE_HOLDFOR,
            FutureReleaseParameters.HoldFor.of(hold.get().time()), State.Transaction);
        session.setAttachment(KEY, hold.get().request(), State.Transaction);
        return HookResult.DECLINED;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        session.getAttachment(KEY, State.Transaction)
            .ifPresent(request -> mail.setAttribute(new Attribute(Hold.REQUEST, AttributeValue.of(request))));
        return HookResult.DECLINED;
    }
}
