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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.smtp.burl.BurlCommand;
import io.jamesext.lemonade.smtp.burl.remote.ScriptedImapServer;

/** BURL with URLs of other servers: RFC 4468 sections 3.3, 6 and 8. */
class TrustedServersTest {
    private static final String MESSAGE = "Subject: far\r\n\r\nhello\r\n";

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

    private static SmtpTestServer trusting(int port) throws Exception {
        return new SmtpTestServer("<maxmessagesize>1</maxmessagesize>", "<handler class=\"" + BurlCommand.class.getName() + "\">"
            + "<trusted><host>localhost</host><port>" + port + "</port><password>" + ScriptedImapServer.PASSWORD + "</password></trusted>"
            + "</handler>");
    }

    private static String url(int port, String access) {
        return "imap://joe@localhost:" + port + "/INBOX/;UID=20;URLAUTH=" + access + ":internal:91354a473744909de610943775f92038";
    }

    private static String forAlice(int port) {
        return url(port, "submit+alice%40example.org");
    }

    /** What the server behind the URL answers, and what the client is told then. */
    private static String told(String answer) throws Exception {
        try (ScriptedImapServer imap = new ScriptedImapServer(server -> {
            server.logIn();
            String command = server.line();
            server.send(answer.replace("<url>", command.substring(command.indexOf('"'), command.lastIndexOf('"') + 1)));
        });
            SmtpTestServer server = trusting(imap.port());
            SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
            String reply = client.command("BURL " + forAlice(imap.port()) + " LAST");
            if (reply.startsWith("250 ")) {
                assertThat(server.accepted().text()).endsWith("\r\n" + MESSAGE);
            }
            assertThat(server.acceptedNothing()).isTrue();
            return reply;
        }
    }

    @Test
    void contentShouldBeFetched() throws Exception {
        assertThat(told("* URLFETCH <url> {" + MESSAGE.length() + "}\r\n" + MESSAGE + "\r\na4 OK done\r\n")).startsWith("250 2.6.0 ");
    }

    @Test
    void missingContentShouldNotBeResolved() throws Exception {
        assertThat(told("* URLFETCH <url> NIL\r\na4 OK done\r\n")).isEqualTo("554 5.6.6 IMAP URL resolution failed");
    }

    @Test
    void contentOverTheLimitShouldBeTooBig() throws Exception {
        assertThat(told("* URLFETCH <url> {1025}\r\n")).isEqualTo("554 5.3.4 Message too big for system");
    }

    @Test
    void nonsenseShouldBeAServerThatIsNotThere() throws Exception {
        assertThat(told("* URLFETCH\r\n")).isEqualTo("451 4.4.1 IMAP server unavailable");
    }

    @Test
    void absentServerShouldBeSaidToBe() throws Exception {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        try (SmtpTestServer server = trusting(port); SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
            assertThat(client.command("BURL " + forAlice(port))).isEqualTo("451 4.4.1 IMAP server unavailable");
        }
    }

    /** The listener would have a connection waiting. */
    @Test
    void serverShouldNotBeAskedForWhatTheClientMayNotHave() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            SmtpTestServer server = trusting(listener.getLocalPort())) {
            for (String access : new String[] {"submit+bob%40example.org", "user+alice%40example.org", "stream"}) {
                try (SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
                    assertThat(client.command("BURL " + url(listener.getLocalPort(), access)))
                        .isEqualTo("554 5.7.0 IMAP URL authorization failed");
                }
            }
            listener.setSoTimeout(1);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void otherPortAndPlainUrlShouldNotBeTrusted() throws Exception {
        try (SmtpTestServer server = trusting(1143)) {
            for (String url : new String[] {forAlice(1144), "imap://joe@localhost:1143/INBOX/;UID=20"}) {
                try (SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
                    assertThat(client.command("BURL " + url)).isEqualTo("554 5.7.14 URL resolution requires trust relationship");
                }
            }
        }
    }

    @Test
    void serverWithoutAPasswordShouldStopTheStart() {
        assertThatThrownBy(() -> new SmtpTestServer("", "<handler class=\"" + BurlCommand.class.getName()
            + "\"><trusted><host>localhost</host></trusted></handler>")).rootCause().hasMessageContaining("password");
    }
}
