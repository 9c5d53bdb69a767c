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
package io.jamesext.dmap.submit;

import java.util.List;

import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

import com.google.common.io.ByteSource;

/**
 * What goes out.
 *
 * @param sender where reports come back to
 * @param recipients at least one, each once
 * @param attributes what James's mailets have to know
 * @param content a message of James
 */
record Outgoing(MailAddress sender, List<MailAddress> recipients, List<Attribute> attributes, ByteSource content) {
    /** A mail of James's, still without the content. */
    MailImpl mail(Username user, Delivery delivery) {
        MailImpl mail = MailImpl.builder()
            .name(MailImpl.getId())
            .sender(sender)
            .addRecipients(recipients)
            .addAttributes(attributes)
            // By this, mailets know that somebody has logged in, and relay.
            .addAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of(user.asString())))
            .build();
        delivery.reports(recipients).ifPresent(mail::setDsnParameters);
        return mail;
    }
}
