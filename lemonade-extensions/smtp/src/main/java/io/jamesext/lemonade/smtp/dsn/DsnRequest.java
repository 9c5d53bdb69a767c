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

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.DsnParameters.Ret;
import org.apache.mailet.DsnParameters.XText;
import org.apache.mailet.Mail;

/** Which reports the sender of a mail has asked for. RFC 3461 section 4. */
public final class DsnRequest {
    private static final AttributeName ORIGINAL_RECIPIENTS = AttributeName.of("lemonade-dsn-orcpt");

    private final Optional<DsnParameters> parameters;
    private final Map<String, AttributeValue<?>> originalRecipients;

    private DsnRequest(Optional<DsnParameters> parameters, Map<String, AttributeValue<?>> originalRecipients) {
        this.parameters = parameters;
        this.originalRecipients = originalRecipients;
    }

    @SuppressWarnings("unchecked")
    public static DsnRequest of(Mail mail) {
        return new DsnRequest(mail.dsnParameters(), mail.getAttribute(ORIGINAL_RECIPIENTS)
            .map(attribute -> (Map<String, AttributeValue<?>>) attribute.getValue().value())
            .orElse(Map.of()));
    }

    /**
     * Keeps ORCPT values as they came in: RFC 3461 section 5.2.1 (d) wants the identical characters.
     *
     * @param values by the address that James keeps in their place
     */
    static void keepOriginalRecipients(Mail mail, Map<MailAddress, String> values) {
        Map<String, AttributeValue<?>> all = values.entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey().asString(), entry -> AttributeValue.of(entry.getValue()), (a, b) -> b));
        mail.setAttribute(new Attribute(ORIGINAL_RECIPIENTS, AttributeValue.of(all)));
    }

    /** Whether a report of this kind is to be made. Section 4.1: without NOTIFY, only one of failure. */
    public boolean wants(MailAddress recipient, Notify kind) {
        return of(recipient).flatMap(RecipientDsnParameters::getNotifyParameter)
            .orElse(EnumSet.of(Notify.FAILURE))
            .contains(kind);
    }

    public Optional<Ret> ret() {
        return parameters.flatMap(DsnParameters::getRetParameter);
    }

    /** ENVID, in xtext. */
    public Optional<String> envelopeId() {
        return parameters.flatMap(DsnParameters::getEnvIdParameter).map(DsnParameters.EnvId::asString);
    }

    /** ORCPT, as it came in: {@code addr-type ";" xtext}. */
    public Optional<String> originalRecipient(MailAddress recipient) {
        return of(recipient).flatMap(RecipientDsnParameters::getOrcptParameter)
            .map(MailAddress::asString)
            .map(address -> Optional.ofNullable(originalRecipients.get(address))
                .map(value -> (String) value.value())
                .orElseGet(() -> DsnParameters.RFC_822_PREFIX + XText.encode(address)));
    }

    /** RFC 3461 section 5.2.1 (a) and (b): what MAIL gets, with a space before each. */
    public String mailParameters() {
        return ret().map(value -> " RET=" + value).orElse("") + envelopeId().map(value -> " ENVID=" + value).orElse("");
    }

    /** RFC 3461 section 5.2.1 (c) and (d): what RCPT gets, with a space before each. */
    public String rcptParameters(MailAddress recipient) {
        String notify = of(recipient).flatMap(RecipientDsnParameters::getNotifyParameter)
            .map(kinds -> kinds.stream().map(Notify::name).collect(Collectors.joining(",", " NOTIFY=", "")))
            .orElse("");
        return notify + originalRecipient(recipient).map(value -> " ORCPT=" + value).orElse("");
    }

    private Optional<RecipientDsnParameters> of(MailAddress recipient) {
        return parameters.flatMap(all -> Optional.ofNullable(all.getRcptParameters().get(recipient)));
    }
}
