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

import static io.jamesext.lemonade.smtp.relay.RelayFixture.address;
import static io.jamesext.lemonade.smtp.relay.RelayFixture.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;

import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;

import org.apache.james.dnsservice.api.InMemoryDNSService;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.DsnParameters.Ret;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.kernel.submit.Hold;

class DeliveryReportTest {
    private static final String HEADER = "Subject: \u00e9\r\nTo: a@example.com\r\n\r\n";
    private static final String MESSAGE = HEADER + "The text\r\n.\r\n";

    private RelayFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new RelayFixture(Map.of());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void failureShouldBeReportedWithAllThatIsKnown() throws Exception {
        Mail mail = RelayFixture.mail(RelayFixture.SENDER, MESSAGE, DsnParameters.builder()
            .envId(DsnParameters.EnvId.of("id+20of+2Bmine"))
            .addRcptParameter(address("a@example.com"), RecipientDsnParameters.of(EnumSet.of(Notify.FAILURE), address("a+b@example.net")))
            .build(), "a@example.com", "b@example.com");
        mail.setAttribute(new Attribute(AttributeName.of("dsn-arrival-date"),
            AttributeValue.of(ZonedDateTime.of(2024, 2, 3, 4, 5, 6, 0, ZoneOffset.ofHours(1)))));
        mail.setAttribute(new Attribute(Hold.REQUEST, AttributeValue.of("for;60")));
        HopReplies.put(mail, "hop.example.org", "550-5.2.2 Mailbox\r\n550 5.2.2 full\r\n", Stream.of(address("b@example.com")
            .toInternetAddress().orElseThrow()));

        fixture.process("failed", mail);

        Mail report = fixture.report();
        assertThat(report.getMaybeSender().isNullSender()).isTrue();
        assertThat(report.getRecipients()).containsExactly(address(RelayFixture.SENDER));
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(text(report).replaceAll("_[0-9a-f-]{36}", "_B").replaceAll("<[0-9a-f-]{36}@", "<ID@")
            .replaceAll("Date: \\w{3}, \\d+ \\w{3} 20(?!24)\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}", "Date: NOW"))
            .isEqualTo("From: Mail Delivery System <postmaster@example.org>\r\nTo: <sender@example.org>\r\n"
                + "Subject: Delivery Status Notification (failed)\r\nDate: NOW\r\nMessage-ID: <ID@example.org>\r\n"
                + "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_B\"\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n"
                + "--=_B\r\n\r\nThis is the mail server mx.example.org.\r\n\r\n"
                + "Your message could not be delivered to these recipients, and will not be tried again:\r\n\r\n"
                + "  a@example.com\r\n  b@example.com\r\n"
                + "\r\n--=_B\r\nContent-Type: message/delivery-status\r\n\r\n"
                + "Reporting-MTA: dns; mx.example.org\r\nOriginal-Envelope-Id: id of+mine\r\n"
                + "Arrival-Date: Sat, 3 Feb 2024 04:05:06 +0100\r\nFuture-Release-Request: for;60\r\n\r\n"
                + "Original-Recipient: rfc822;a+b@example.net\r\nFinal-Recipient: rfc822; a@example.com\r\n"
                + "Action: failed\r\nStatus: 5.0.0\r\n\r\n"
                + "Final-Recipient: rfc822; b@example.com\r\nAction: failed\r\nStatus: 5.2.2\r\nRemote-MTA: dns; hop.example.org\r\n"
                + "Diagnostic-Code: smtp; 550-5.2.2 Mailbox 550 5.2.2 full\r\nLast-Attempt-Date: NOW\r\n"
                + "\r\n--=_B\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + MESSAGE + "\r\n--=_B--\r\n");
    }

    @ParameterizedTest
    @CsvSource({"failed,FULL,message/rfc822", "failed,HDRS,text/rfc822-headers", "failed,,message/rfc822",
        "relayed,FULL,text/rfc822-headers", "delayed,FULL,text/rfc822-headers", "delayed,HDRS,text/rfc822-headers"})
    void messageShouldBeReturnedAsAsked(String action, Ret ret, String type) throws Exception {
        DsnParameters.Builder parameters = DsnParameters.builder().addRcptParameter(address("a@example.com"),
            RecipientDsnParameters.of(EnumSet.of(Notify.FAILURE, Notify.DELAY, Notify.SUCCESS)));
        if (ret != null) {
            parameters.ret(ret);
        }

        fixture.process(action,
            RelayFixture.mail(RelayFixture.SENDER, MESSAGE, parameters.build(), "a@example.com"));

        MimeMessage report = fixture.report().getMessage();
        MimeMultipart parts = (MimeMultipart) report.getContent();
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(parts.getBodyPart(2).getContentType()).isEqualTo(type);
        assertThat(parts.getBodyPart(2).getInputStream().readAllBytes())
            .isEqualTo((type.startsWith("text") ? HEADER : MESSAGE).getBytes(ISO_8859_1));
    }

    @Test
    void hopWithoutANameShouldBeInBrackets() throws Exception {
        Mail mail = RelayFixture.mail(RelayFixture.SENDER, MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com");
        HopReplies.put(mail, "192.0.2.1", "550 No", Stream.of(address("a@example.com").toInternetAddress().orElseThrow()));

        fixture.process("failed", mail);

        assertThat(text(fixture.report())).contains("Status: 5.0.0\r\nRemote-MTA: dns; [192.0.2.1]\r\nDiagnostic-Code: smtp; 550 No\r\n");
    }

    @Test
    void headerShouldBeReturnedOfALargeMessage() throws Exception {
        fixture.process("failed",
            RelayFixture.mail(RelayFixture.SENDER, HEADER + "line\r\n".repeat(200_000), RelayFixture.NOTHING_ASKED, "a@example.com"));

        assertThat(text(fixture.report())).contains("Content-Type: text/rfc822-headers\r\n").doesNotContain("line");
    }

    @ParameterizedTest
    @CsvSource({"failed,FAILURE", "delayed,DELAY", "relayed,SUCCESS"})
    void onlyWhatWasAskedForShouldBeReported(String action, Notify asked) throws Exception {
        DsnParameters.Builder parameters = DsnParameters.builder();
        StringBuilder recipients = new StringBuilder();
        for (Notify notify : Notify.values()) {
            parameters.addRcptParameter(address(notify + "@example.com"), RecipientDsnParameters.of(EnumSet.of(notify)));
            recipients.append(notify).append("@example.com ");
        }

        fixture.process(action, RelayFixture.mail(RelayFixture.SENDER, MESSAGE, parameters.build(),
            recipients.toString().strip().split(" ")));

        assertThat(text(fixture.report()).lines().filter(line -> line.startsWith("Final-Recipient")))
            .containsExactly("Final-Recipient: rfc822; " + asked + "@example.com");
    }

    @Test
    void nobodyShouldGetAReportOfAReport() throws Exception {
        fixture.process("failed", RelayFixture.mail("<>", MESSAGE, RelayFixture.NOTHING_ASKED, "a@example.com"));

        assertThat(fixture.hasReported()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"action,expanded", "status,unknown"})
    void mailetShouldNotStartWhenAParameterIsWrong(String name, String value) {
        DeliveryReport report = new DeliveryReport(new MemoryDomainList(new InMemoryDNSService()));

        assertThatThrownBy(() -> report.init(FakeMailetConfig.builder().setProperty(name, value).build())).hasMessageContaining(value);
    }
}
