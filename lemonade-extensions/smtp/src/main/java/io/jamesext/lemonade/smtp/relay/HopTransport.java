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

package io.jamesext.lemonade.smtp.relay;

import java.util.Map;

import javax.mail.MessagingException;
import javax.mail.Session;

import org.apache.mailet.HostAddress;

import com.sun.mail.smtp.SMTPTransport;

/**
 * Jakarta Mail's SMTP client, with parameters of our own at the end of MAIL and RCPT: its own NOTIFY is one for all recipients, and it
 * knows neither ORCPT nor BODY.
 */
final class HopTransport extends SMTPTransport {
    private static final String MAIL = "MAIL FROM:";
    private static final String RCPT = "RCPT TO:";

    private String mailParameters = "";
    private Map<String, String> rcptParameters = Map.of();

    HopTransport(Session session, HostAddress hop, boolean smtps) {
        super(session, hop, smtps ? "smtps" : "smtp", smtps);
    }

    /**
     * What the next message's commands get.
     *
     * @param mail for MAIL, with a space before each parameter
     * @param rcpt for RCPT, by the address
     */
    void parameters(String mail, Map<String, String> rcpt) {
        mailParameters = mail;
        rcptParameters = Map.copyOf(rcpt);
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (command.startsWith(MAIL)) {
            super.sendCommand(command + mailParameters);
        } else if (command.startsWith(RCPT)) {
            int end = Math.max(command.lastIndexOf('>'), RCPT.length() + 1);
            super.sendCommand(command + rcptParameters.getOrDefault(command.substring(RCPT.length() + 1, end), ""));
        } else {
            super.sendCommand(command);
        }
    }
}
