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

package io.jamesext.lemonade.smtp.dsn;

import static org.apache.james.protocols.api.ProtocolSession.State.Transaction;
import static org.apache.james.smtpserver.dsn.DSNMailParameterHook.DSN_ENVID;
import static org.apache.james.smtpserver.dsn.DSNMailParameterHook.DSN_RET;
import static org.apache.james.smtpserver.dsn.DSNRcptParameterHook.DSN_RCPT_PARAMETERS;
import static org.apache.mailet.DsnParameters.ENVID_PARAMETER;
import static org.apache.mailet.DsnParameters.NOTIFY_PARAMETER;
import static org.apache.mailet.DsnParameters.ORCPT_PARAMETER;
import static org.apache.mailet.DsnParameters.RET_PARAMETER;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import javax.mail.internet.AddressException;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.DsnParameters.XText;
import org.apache.mailet.Mail;

import io.jamesext.lemonade.smtp.data.Parameters;

/**
 * Takes RET, ENVID, NOTIFY and ORCPT, and answers 501 5.5.4 to what is none. RFC 3461 sections 4 and 5.1.
 *
 * <p>Stands where James's DSNMailParameterHook and DSNRcptParameterHook do, beside its DSNEhloHook and DSNMessageHook. Those take any
 * RET, fail with an exception at a wrong NOTIFY, at an ORCPT of another type than rfc822 and at a recipient named twice, and do not
 * decode ORCPT.
 */
public final class DsnParameterHook implements MailParametersHook, RcptHook, JamesMessageHook {
    /** RFC 3461 section 4.4. */
    private static final int MAX_ENVID = 100;
    /** RFC 3461 section 4.2. */
    private static final int MAX_ORCPT = 500;
    private static final Pattern ATOM = Pattern.compile("[A-Za-z0-9!#$%&'*/=?^_`{|}~-]+");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~\\t]+");
    private static final AttachmentKey<Pending> PENDING = AttachmentKey.of("jamesext.dsn", Pending.class);

    /** What a RCPT has brought of which nobody knows yet whether it is accepted. */
    private record Pending(int recipientsBefore, MailAddress recipient, RecipientDsnParameters given, MailAddress original,
                           Optional<String> orcpt) {
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {RET_PARAMETER, ENVID_PARAMETER};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        if (name.equals(RET_PARAMETER)) {
            Optional<DsnParameters.Ret> ret = DsnParameters.Ret.parse(value);
            if (ret.isEmpty()) {
                return wrong(RET_PARAMETER);
            }
            session.setAttachment(DSN_RET, ret.get(), Transaction);
        } else {
            if (!isText(value, MAX_ENVID)) {
                return wrong(ENVID_PARAMETER);
            }
            session.setAttachment(DSN_ENVID, DsnParameters.EnvId.of(value), Transaction);
        }
        return HookResult.DECLINED;
    }

    @Override
    public Set<String> supportedParameters() {
        return Set.of(ORCPT_PARAMETER, NOTIFY_PARAMETER);
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> parameters) {
        Optional<EnumSet<Notify>> notify = Optional.empty();
        if (parameters.containsKey(NOTIFY_PARAMETER)) {
            try {
                notify = Optional.of(Notify.parse(parameters.get(NOTIFY_PARAMETER)));
            } catch (IllegalArgumentException e) {
                return wrong(NOTIFY_PARAMETER);
            }
        }
        Optional<String> orcpt = Optional.ofNullable(parameters.get(ORCPT_PARAMETER));
        if (orcpt.isPresent() && !isOriginalRecipient(orcpt.get())) {
            return wrong(ORCPT_PARAMETER);
        }
        Optional<MailAddress> original = orcpt.map(value -> address(value).orElse(recipient));
        settle(session);
        RecipientDsnParameters.of(notify, original).ifPresent(given -> session.setAttachment(PENDING,
            new Pending(session.getRcptCount(), recipient, given, original.orElse(recipient), orcpt), Transaction));
        return HookResult.DECLINED;
    }

    /** What the last RCPT has brought is kept once it has been accepted: a hook behind this one may refuse it. */
    private static void settle(SMTPSession session) {
        Optional<Pending> pending = session.removeAttachment(PENDING, Transaction);
        if (pending.isEmpty() || session.getRcptCount() == pending.get().recipientsBefore) {
            return;
        }
        RecipientParameters all = session.getAttachment(DSN_RCPT_PARAMETERS, Transaction)
            .filter(RecipientParameters.class::isInstance)
            .map(RecipientParameters.class::cast)
            .orElseGet(RecipientParameters::new);
        pending.get().orcpt.ifPresent(value -> all.keep(pending.get().original, value));
        session.setAttachment(DSN_RCPT_PARAMETERS, all.add(pending.get().recipient, pending.get().given), Transaction);
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        settle(session);
        session.getAttachment(DSN_RCPT_PARAMETERS, Transaction)
            .filter(RecipientParameters.class::isInstance)
            .ifPresent(parameters -> DsnRequest.keepOriginalRecipients(mail, ((RecipientParameters) parameters).originalRecipients()));
        return HookResult.DECLINED;
    }

    private static boolean isOriginalRecipient(String value) {
        int semicolon = value.indexOf(';');
        return value.length() <= MAX_ORCPT && semicolon > 0 && ATOM.matcher(value.substring(0, semicolon)).matches()
            && isText(value.substring(semicolon + 1), MAX_ORCPT);
    }

    /** Sections 4.2 and 4.4: xtext, of printable ASCII. */
    private static boolean isText(String xtext, int maximum) {
        return xtext.length() <= maximum && XText.isValid(xtext) && PRINTABLE.matcher(XText.decode(xtext)).matches();
    }

    /** An address that James can keep. */
    private static Optional<MailAddress> address(String orcpt) {
        int semicolon = orcpt.indexOf(';');
        if (!orcpt.substring(0, semicolon + 1).equalsIgnoreCase(DsnParameters.RFC_822_PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MailAddress(XText.decode(orcpt.substring(semicolon + 1))));
        } catch (AddressException e) {
            // Section 4.2: an original recipient need not be an address by our rules.
            return Optional.empty();
        }
    }

    private static HookResult wrong(String parameter) {
        return Parameters.denied("501", "5.5.4 Syntax error in parameter " + parameter);
    }
}
