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


package io.jamesext.lemonade.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import javax.mail.MessagingException;

import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of BDAT: RFC 3030. */
class BdatTest {
    private static final int LIMIT = 100 * 1024;

    private static SmtpTestServer server;

    private SmtpTestClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new SmtpTestServer("<maxmessagesize>100</maxmessagesize>", "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = SmtpTestClient.inTransaction(server, "");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        assertThat(server.acceptedNothing()).isTrue();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void octetsShouldArriveAsTheyAre() throws Exception {
        assertThat(client.chunk(octets("Subject: a\r\n"), false)).isEqualTo("250 2.0.0 12 octets received");
        assertThat(client.chunk(octets("\r\n.\r\nx\0\n\r\u00ff"), true)).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).endsWith("Subject: a\r\n\r\n.\r\nx\0\n\r\u00ff");
    }

    @Test
    void traceShouldBeTheFirstHeader() throws Exception {
        client.chunk(octets("Subject: a\r\n\r\n"), true);
        assertThat(server.accepted().text()).matches("Received: from client\\.example\\.org \\(\\[127\\.0\\.0\\.1]\\)\r\n"
            + " +by \\S+ with ESMTPA id \\S+\r\n +for <bob@example\\.org>\r\n +; .*\r\nSubject: a\r\n\r\n");
    }

    @Test
    void emptyMessageShouldBeAMessage() throws Exception {
        assertThat(client.command("BDAT 0 LAST")).startsWith("250 2.6.0 ");
        assertThat(server.accepted().text()).startsWith("Received: ");
    }

    @Test
    void messageOfTheLimitShouldBeAccepted() throws Exception {
        assertThat(client.chunk(new byte[LIMIT - 1], false)).startsWith("250 2.0.0 ");
        assertThat(client.chunk(new byte[1], true)).startsWith("250 2.6.0 ");
        server.accepted();
    }

    @Test
    void messageOverTheLimitShouldBeReadAndRefused() throws Exception {
        assertThat(client.chunk(new byte[LIMIT], false)).startsWith("250 2.0.0 ");
        assertThat(client.chunk(octets("QUIT\r\n"), true)).isEqualTo("552 5.3.4 Message too big for system");
        assertThat(client.chunk(octets("QUIT\r\n"), true)).startsWith("503 5.5.1 ");
        assertThat(client.command("NOOP")).startsWith("250 2.0.0 ");
    }

    /** The sum must not overflow. */
    @Test
    void hugeChunksShouldBeRefused() throws Exception {
        client.send("BDAT 999999999999999999\r\n" + "x".repeat(1 << 16));
        try (SmtpTestClient other = SmtpTestClient.inTransaction(server, "")) {
            assertThat(other.command("BDAT 9223372036854775807")).startsWith("501 5.5.4 ");
            assertThat(other.reply()).isEqualTo("closed");
        }
    }

    @Test
    void connectionThatBreaksInAChunkShouldSubmitNothing() throws Exception {
        client.send("BDAT 10 LAST\r\n12345");
        client.close();
        try (SmtpTestClient other = SmtpTestClient.inTransaction(server, "")) {
            assertThat(other.chunk(octets("Subject: a\r\n\r\n"), true)).startsWith("250 2.6.0 ");
        }
        assertThat(server.accepted().text()).endsWith("Subject: a\r\n\r\n");
    }

    @Test
    void argumentsShouldBeDigitsAndLast() throws Exception {
        for (String arguments : new String[] {"", " ", " -1", " 1x", " 0x10", " +5", " LAST"}) {
            try (SmtpTestClient other = SmtpTestClient.inTransaction(server, "")) {
                assertThat(other.command("BDAT" + arguments)).as(arguments).startsWith("501 5.5.4 ");
                assertThat(other.reply()).as(arguments).isEqualTo("closed");
            }
        }
    }

    @Test
    void wordsShouldHaveNoCase() throws Exception {
        assertThat(client.command("bdat 0 last")).startsWith("250 2.6.0 ");
        server.accepted();
    }

    @Test
    void hooksOfTheOperatorShouldRun() throws Exception {
        try (SmtpTestServer strict = new SmtpTestServer("", "<handler class=\"" + NoGreetings.class.getName() + "\"/>");
            SmtpTestClient other = SmtpTestClient.inTransaction(strict, "")) {
            assertThat(other.chunk(octets("Subject: hello\r\n\r\n"), true)).isEqualTo("554 5.7.1 No greetings");
            // The transaction is over.
            assertThat(other.command("MAIL FROM:<alice@example.org>")).startsWith("250 2.1.0 ");
            assertThat(strict.acceptedNothing()).isTrue();
        }
    }

    /** Such as an operator may have in the handlerchain. */
    static final class NoGreetings implements JamesMessageHook {
        @Override
        public HookResult onMessage(SMTPSession session, Mail mail) {
            try {
                return mail.getMessage().getSubject().equals("hello")
                    ? HookResult.builder().hookReturnCode(HookReturnCode.deny()).smtpReturnCode("554").smtpDescription("5.7.1 No greetings")
                        .build()
                    : HookResult.DECLINED;
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
