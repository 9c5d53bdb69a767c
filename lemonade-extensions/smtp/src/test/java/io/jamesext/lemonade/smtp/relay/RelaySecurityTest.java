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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;

import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer;

/** TLS and the log-in at a gateway, by James's parameters of RemoteDelivery. */
@Timeout(60)
class RelaySecurityTest {
    private static final String MESSAGE = "Subject: a\r\n\r\na\r\n";

    private SSLContext before;

    @BeforeEach
    void trust() throws Exception {
        before = SSLContext.getDefault();
        SSLContext.setDefault(ScriptedImapServer.TLS);
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    /** A relay to a gateway whose certificate is for localhost. */
    private static RelayFixture relay(SmtpSink hop, Map<String, String> parameters) throws Exception {
        Map<String, String> all = new HashMap<>(parameters);
        all.putIfAbsent("gateway", "localhost:" + hop.port());
        return new RelayFixture(all, hop);
    }

    private static void send(RelayFixture relay) throws Exception {
        relay.send(RelayFixture.SENDER, MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com");
    }

    @Test
    void mailShouldGoByTlsFromTheStart() throws Exception {
        try (SmtpSink hop = new SmtpSink(SmtpSink.Security.IMPLICIT); RelayFixture relay = relay(hop, Map.of("sslEnable", "true"))) {
            send(relay);

            assertThat(hop.next().data()).isEqualTo(MESSAGE);
        }
    }

    @Test
    void mailShouldGoByTlsBehindStartTls() throws Exception {
        try (SmtpSink hop = new SmtpSink(SmtpSink.Security.STARTTLS, "STARTTLS");
             RelayFixture relay = relay(hop, Map.of("startTLS", "true"))) {
            send(relay);

            assertThat(hop.next().data()).isEqualTo(MESSAGE);
            assertThat(hop.commands()).startsWith("EHLO mx.example.org", "STARTTLS", "EHLO mx.example.org");
        }
    }

    @Test
    void mailShouldNotGoToACertificateOfAnotherName() throws Exception {
        try (SmtpSink hop = new SmtpSink(SmtpSink.Security.STARTTLS, "STARTTLS");
             RelayFixture relay = relay(hop, Map.of("startTLS", "true", "gateway", "127.0.0.1:" + hop.port()))) {
            send(relay);

            assertReported(relay);
            assertThat(hop.isEmpty()).isTrue();
        }
    }

    @Test
    void mailShouldNotGoWithoutTlsWhereThatIsRequired() throws Exception {
        try (SmtpSink hop = new SmtpSink(); RelayFixture relay = relay(hop,
                Map.of("startTLS", "true", "mail.smtp.starttls.required", "true"))) {
            send(relay);

            assertReported(relay);
            assertThat(hop.isEmpty()).isTrue();
        }
    }

    @Test
    void relayShouldLogInAtItsGateway() throws Exception {
        try (SmtpSink hop = new SmtpSink("AUTH PLAIN").replying("AUTH PLAIN", "235 2.7.0 Welcome");
             RelayFixture relay = relay(hop, Map.of("gatewayUsername", "relay", "gatewayPassword", "secret"))) {
            send(relay);

            assertThat(hop.next().data()).isEqualTo(MESSAGE);
            // RFC 4616: relay NUL relay NUL secret.
            assertThat(hop.commands()).contains("AUTH PLAIN cmVsYXkAcmVsYXkAc2VjcmV0");
        }
    }

    @Test
    void gatewayThatDoesNotLetTheRelayInShouldBeReported() throws Exception {
        try (SmtpSink hop = new SmtpSink("AUTH PLAIN").replying("AUTH PLAIN", "535 5.7.8 Who are you?");
             RelayFixture relay = relay(hop, Map.of("gatewayUsername", "relay", "gatewayPassword", "wrong"))) {
            send(relay);

            assertReported(relay);
            assertThat(hop.isEmpty()).isTrue();
        }
    }

    private static void assertReported(RelayFixture relay) throws Exception {
        Mail report = relay.report();
        assertThat(report.getRecipients()).isEqualTo(List.of(RelayFixture.address(RelayFixture.SENDER)));
        assertThat(RelayFixture.text(report)).contains("Final-Recipient: rfc822; a@example.com\r\nAction: failed\r\n");
    }
}
