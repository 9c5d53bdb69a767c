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

import static io.jamesext.lemonade.smtp.relay.RelayFixture.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.mail.internet.MimeUtility;

import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteDeliveryTest {
    private static final String MESSAGE = "From: sender@example.org\r\nSubject: words\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nl\u00c3\u00a4nger als ein Wort\r\n";
    private static final String ENCODED = MESSAGE.replace("8bit", "quoted-printable").replace("\u00c3\u00a4", "=C3=A4");

    @Test
    void messageShouldGoAsItIsToAHopWith8BitMime() throws Exception {
        try (SmtpSink hop = new SmtpSink("8BITMIME"); RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send(RelayFixture.SENDER, MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com");

            SmtpSink.Transaction sent = hop.next();
            assertThat(sent.mail()).isEqualTo("MAIL FROM:<sender@example.org> BODY=8BITMIME");
            assertThat(sent.data()).isEqualTo(MESSAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8BITMIME", "HELP"})
    void messageThatFitsShouldGoOctetByOctet(String extension) throws Exception {
        String message = "Subject: words\r\n folded\t so\r\nContent-Transfer-Encoding: Base64\r\nBCC: b@example.com\r\nX-Empty:\r\n\r\n"
            + "YWJj\r\nZGVmZw==\r\n\r\n..\r\n.\r\n";
        try (SmtpSink hop = new SmtpSink(extension); RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send(RelayFixture.SENDER, message, RelayFixture.NOTHING_ASKED, "a@example.com");

            assertThat(hop.next().data()).isEqualTo(message.replace("BCC: b@example.com\r\n", ""));
        }
    }

    @Test
    void messageShouldBeConvertedForAHopWithout8BitMime() throws Exception {
        try (SmtpSink hop = new SmtpSink(); RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send(RelayFixture.SENDER, MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com");

            SmtpSink.Transaction sent = hop.next();
            assertThat(sent.mail()).isEqualTo("MAIL FROM:<sender@example.org>");
            assertThat(sent.data()).isEqualTo(ENCODED);
        }
    }

    @Test
    void eachHopShouldGetTheOriginalThatItCanTake() throws Exception {
        try (SmtpSink first = new SmtpSink().replying(".", "451 4.3.0 Later"); SmtpSink second = new SmtpSink("8BITMIME");
             RelayFixture relay = new RelayFixture(Map.of(), first, second)) {
            relay.send(RelayFixture.SENDER, MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com");

            assertThat(second.next().data()).isEqualTo(MESSAGE);
            assertThat(first.isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsOnTheWireShouldDecodeToTheContent() throws Exception {
        try (SmtpSink hop = new SmtpSink("8BITMIME"); RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            byte[] content = new byte[1 << 10];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) i;
            }
            relay.send(RelayFixture.SENDER, "MIME-Version: 1.0\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: BINARY\r\n\r\n"
                + new String(content, ISO_8859_1), RelayFixture.NOTHING_ASKED, "a@example.com");

            String data = hop.next().data();
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            MimeUtility.decode(new ByteArrayInputStream(
                data.substring(data.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1)), "base64").transferTo(decoded);
            assertThat(Arrays.mismatch(decoded.toByteArray(), content)).isEqualTo(-1);
        }
    }

    @Test
    void requestsShouldGoToAHopWithDsnInOneTransaction() throws Exception {
        try (SmtpSink hop = new SmtpSink("DSN"); RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            Optional<DsnParameters> parameters = DsnParameters.builder()
                .envId(DsnParameters.EnvId.of("a+20b"))
                .ret(DsnParameters.Ret.HDRS)
                .addRcptParameter(RelayFixture.address("a@example.com"), RecipientDsnParameters.of(
                    EnumSet.of(Notify.SUCCESS, Notify.FAILURE), RelayFixture.address("a+b@example.net")))
                .addRcptParameter(RelayFixture.address("b@example.com"), RecipientDsnParameters.of(EnumSet.of(Notify.NEVER)))
                .build();

            relay.send(RelayFixture.SENDER, MESSAGE, parameters, "a@example.com", "b@example.com", "c@example.com");

            SmtpSink.Transaction sent = hop.next();
            assertThat(sent.mail()).isEqualTo("MAIL FROM:<sender@example.org> RET=HDRS ENVID=a+20b");
            assertThat(sent.rcpt()).containsExactlyInAnyOrder(
                "RCPT TO:<a@example.com> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a+2Bb@example.net",
                "RCPT TO:<b@example.com> NOTIFY=NEVER",
                "RCPT TO:<c@example.com>");
            relay.close();
            assertThat(relay.hasReported()).isFalse();
        }
    }

    @Test
    void relayedShouldBeReportedForWhatAHopWithoutDsnTook() throws Exception {
        try (SmtpSink hop = new SmtpSink(); RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send(RelayFixture.SENDER, MESSAGE, success("a@example.com"), "a@example.com", "b@example.com");

            SmtpSink.Transaction sent = hop.next();
            assertThat(sent.mail()).isEqualTo("MAIL FROM:<sender@example.org>");
            assertThat(sent.rcpt()).containsExactlyInAnyOrder("RCPT TO:<a@example.com>", "RCPT TO:<b@example.com>");
            assertThat(text(relay.report())).contains("Final-Recipient: rfc822; a@example.com\r\nAction: relayed\r\nStatus: 2.0.0\r\n"
                + "Remote-MTA: dns; hop.example.org\r\nDiagnostic-Code: smtp; 250 2.0.0 Taken\r\n")
                .doesNotContain("b@example.com");
        }
    }

    @Test
    void relayedShouldBeReportedOnceWhenTwoHopsTookARecipientEach() throws Exception {
        try (SmtpSink first = new SmtpSink().replying("RCPT TO:<b@", "450 4.2.1 Busy"); SmtpSink second = new SmtpSink();
             RelayFixture relay = new RelayFixture(Map.of(), first, second)) {
            Optional<DsnParameters> parameters = DsnParameters.builder()
                .addRcptParameter(RelayFixture.address("a@example.com"), RecipientDsnParameters.of(EnumSet.of(Notify.SUCCESS)))
                .addRcptParameter(RelayFixture.address("b@example.com"), RecipientDsnParameters.of(EnumSet.of(Notify.SUCCESS)))
                .build();

            relay.send(RelayFixture.SENDER, MESSAGE, parameters, "a@example.com", "b@example.com");

            assertThat(first.next().rcpt()).containsExactly("RCPT TO:<a@example.com>");
            assertThat(second.next().rcpt()).containsExactly("RCPT TO:<b@example.com>");
            assertThat(text(relay.report()).lines().filter(line -> line.startsWith("Final-Recipient")))
                .containsExactlyInAnyOrder("Final-Recipient: rfc822; a@example.com", "Final-Recipient: rfc822; b@example.com");
            relay.close();
            assertThat(relay.hasReported()).isFalse();
        }
    }

    @Test
    void onlyTheRefusedRecipientShouldBeReportedWhenAnotherIsTaken() throws Exception {
        try (SmtpSink hop = new SmtpSink().replying("RCPT TO:<b@", "550 5.1.1 Nobody here");
             RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send(RelayFixture.SENDER, MESSAGE, success("a@example.com"), "a@example.com", "b@example.com");

            assertThat(hop.next().rcpt()).containsExactly("RCPT TO:<a@example.com>");
            List<String> reports = List.of(text(relay.report()), text(relay.report()));
            assertThat(reports).anySatisfy(report -> assertThat(report).contains("Final-Recipient: rfc822; a@example.com\r\n"
                + "Action: relayed").doesNotContain("b@example.com"));
            assertThat(reports).anySatisfy(report -> assertThat(report).contains("Final-Recipient: rfc822; b@example.com\r\n"
                + "Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; hop.example.org\r\nDiagnostic-Code: smtp; 550 5.1.1 Nobody here\r\n")
                .doesNotContain("a@example.com"));
        }
    }

    @ParameterizedTest
    @CsvSource({"NEVER", "SUCCESS", "DELAY"})
    void failureShouldNotBeReportedWhenItWasNotAskedFor(Notify notify) throws Exception {
        try (SmtpSink hop = new SmtpSink().replying("RCPT TO:<a@", "550 5.1.1 Nobody here");
             RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send(RelayFixture.SENDER, MESSAGE, asking("a@example.com", notify), "a@example.com");
            relay.send(RelayFixture.SENDER, MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com");

            // Those of the second mail: reports come in the order of the mails, or the first one has none.
            assertThat(text(relay.report())).contains("Action: failed");
            relay.close();
            assertThat(relay.hasReported()).isFalse();
        }
    }

    @Test
    void nothingShouldBeReportedToTheNullReversePath() throws Exception {
        try (SmtpSink hop = new SmtpSink().replying("RCPT TO:<b@", "550 5.1.1 Nobody here");
             RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send("<>", MESSAGE, success("a@example.com"), "a@example.com", "b@example.com");

            assertThat(hop.next().mail()).isEqualTo("MAIL FROM:<>");
            relay.close();
            assertThat(relay.hasReported()).isFalse();
        }
    }

    @Test
    void delayShouldBeReportedOnceAndThenTheFailure() throws Exception {
        try (SmtpSink hop = new SmtpSink().replying("RCPT", "450 4.2.1 Mailbox busy");
             RelayFixture relay = new RelayFixture(Map.of("delayedAfter", "0s", "maxRetries", "3", "delayTime", "3*10 ms"), hop)) {
            relay.send(RelayFixture.SENDER, MESSAGE, asking("a@example.com", Notify.DELAY, Notify.FAILURE), "a@example.com");

            assertThat(text(relay.report())).contains("Action: delayed\r\nStatus: 4.2.1\r\nRemote-MTA: dns; hop.example.org\r\n"
                + "Diagnostic-Code: smtp; 450 4.2.1 Mailbox busy\r\n");
            assertThat(text(relay.report())).contains("Action: failed\r\nStatus: 4.2.1\r\n");
            relay.close();
            assertThat(relay.hasReported()).isFalse();
        }
    }

    @Test
    void hopThatDoesNotAnswerShouldBeNamedInTheReport() throws Exception {
        SmtpSink hop = new SmtpSink();
        hop.close();
        try (RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            relay.send(RelayFixture.SENDER, MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com");

            assertThat(text(relay.report()))
                .contains("Action: failed\r\nStatus: 4.4.7\r\nRemote-MTA: dns; hop.example.org\r\n")
                .doesNotContain("Diagnostic-Code");
        }
    }

    @Test
    void messageThatCannotBeConvertedShouldBeReported() throws Exception {
        try (SmtpSink hop = new SmtpSink(); RelayFixture relay = new RelayFixture(Map.of(), hop)) {
            String fragment = MESSAGE.replace("text/plain; charset=utf-8", "message/partial");
            relay.send(RelayFixture.SENDER, fragment, RelayFixture.NOTHING_ASKED, "a@example.com");

            assertThat(text(relay.report())).contains("Action: failed\r\nStatus: 5.6.3\r\n");
            assertThat(hop.isEmpty()).isTrue();
        }
    }

    private static Optional<DsnParameters> success(String recipient) {
        return asking(recipient, Notify.SUCCESS, Notify.FAILURE);
    }

    private static Optional<DsnParameters> asking(String recipient, Notify... kinds) {
        return DsnParameters.builder()
            .addRcptParameter(RelayFixture.address(recipient), RecipientDsnParameters.of(EnumSet.copyOf(List.of(kinds))))
            .build();
    }
}
