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
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.UrlServer;

/** What becomes of BURL: RFC 4468 sections 3 and 6. */
@BothBackends
class BurlTest {
    private static final String MESSAGE = "Subject: stored\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\n\r\none\r\n--b\r\nContent-Type: text/plain\r\n\r\ntwo\r\n.\r\n--b--\r\n";
    private static final UrlServer SERVER = new UrlServer(Set.of("example.com"), Set.of(), Set.of());

    private static SmtpTestServer server;
    private static AuthorizedUrls urls;

    private SmtpTestClient client;
    private String url;

    @BeforeAll
    static void start() throws Exception {
        server = new SmtpTestServer("<maxmessagesize>100</maxmessagesize>", SmtpTestServer.BURL);
        urls = server.urls();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        url = "imap://alice%40example.org@example.com/INBOX/;UID=" + server.james().append(SmtpTestServer.ALICE, "INBOX", MESSAGE);
        client = SmtpTestClient.inTransaction(server, "");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        assertThat(server.acceptedNothing()).isTrue();
    }

    private String authorized(String rump) {
        MailboxSession session = server.james().session(SmtpTestServer.ALICE);
        return urls.authorize(rump, "INTERNAL", SERVER, session).block();
    }

    private String forAlice(String path) {
        return authorized(url + path + ";URLAUTH=submit+alice%40example.org");
    }

    private static String accepted() throws Exception {
        String octets = new String(server.accepted().octets(), StandardCharsets.ISO_8859_1);
        return octets.substring(octets.indexOf("\r\nSubject") < 0 ? 0 : octets.indexOf("\r\nSubject") + 2);
    }

    @Test
    void wholeMessageShouldBeSubmitted() throws Exception {
        assertThat(client.command("BURL " + forAlice("") + " LAST")).startsWith("250 2.6.0 ");
        assertThat(accepted()).isEqualTo(MESSAGE);
    }

    @Test
    void piecesShouldBeAssembledWithThoseOfBdat() throws Exception {
        assertThat(client.chunk("Subject: new\r\n\r\n<".getBytes(StandardCharsets.US_ASCII), false)).startsWith("250 2.0.0 ");
        assertThat(client.command("burl " + forAlice("/;SECTION=2"))).isEqualTo("250 2.5.0 Waiting for additional BURL or BDAT commands");
        assertThat(client.command("BURL " + forAlice("/;SECTION=1/;PARTIAL=1.1"))).startsWith("250 2.5.0 ");
        assertThat(client.chunk(">".getBytes(StandardCharsets.US_ASCII), true)).startsWith("250 2.6.0 ");
        assertThat(accepted()).isEqualTo("Subject: new\r\n\r\n<two\r\n.n>");
    }

    @Test
    void pipelinedTransactionShouldBeAnsweredInOrder() throws Exception {
        client.command("RSET");
        client.send("MAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\nBURL " + forAlice("") + "\r\nBDAT 2 LAST\r\nxyNOOP\r\n");
        assertThat(client.reply()).startsWith("250 2.1.0 ");
        assertThat(client.reply()).startsWith("250 2.1.5 ");
        assertThat(client.reply()).startsWith("250 2.5.0 ");
        assertThat(client.reply()).startsWith("250 2.6.0 ");
        assertThat(client.reply()).startsWith("250 2.0.0 ");
        assertThat(accepted()).isEqualTo(MESSAGE + "xy");
    }

    @Test
    void ownMessageShouldNeedNoAuthorization() throws Exception {
        assertThat(client.command("BURL " + url + " LAST")).startsWith("250 2.6.0 ");
        assertThat(accepted()).isEqualTo(MESSAGE);
    }

    @Test
    void messageOfAnotherShouldNeedOne() throws Exception {
        long uid = server.james().append(SmtpTestServer.BOB, "INBOX", MESSAGE);
        assertThat(client.command("BURL imap://bob%40example.org@example.com/INBOX/;UID=" + uid + " LAST"))
            .isEqualTo("554 5.7.0 IMAP URL authorization failed");
    }

    /** "authuser" and "anonymous" are for whoever has logged in, "user+" and "stream" for log-ins that the submission server's is not. */
    @ParameterizedTest
    @CsvSource({"submit+alice%40example.org,250 2.5.0", "SUBMIT+alice%40example.org,250 2.5.0", "authuser,250 2.5.0", "anonymous,250 2.5.0",
        "submit+bob%40example.org,554 5.7.0", "user+alice%40example.org,554 5.7.0", "stream,554 5.7.0"})
    void accessShouldBeChecked(String access, String reply) throws Exception {
        assertThat(client.command("BURL " + authorized(url + ";URLAUTH=" + access))).startsWith(reply);
    }

    @Test
    void wrongTokenShouldNotBeAuthorized() throws Exception {
        String right = forAlice("");
        String wrong = right.substring(0, right.length() - 1) + (right.endsWith("0") ? "1" : "0");
        assertThat(client.command("BURL " + wrong + " LAST")).isEqualTo("554 5.7.0 IMAP URL authorization failed");
    }

    @Test
    void missingTokenShouldNotBeAuthorized() throws Exception {
        assertThat(client.command("BURL " + url + ";URLAUTH=submit+alice%40example.org LAST")).startsWith("554 5.7.0 ");
    }

    @Test
    void expiredUrlShouldNotBeAuthorized() throws Exception {
        assertThat(client.command("BURL " + authorized(url + ";EXPIRE=2001-01-01T00:00:00Z;URLAUTH=submit+alice%40example.org") + " LAST"))
            .startsWith("554 5.7.0 ");
    }

    @Test
    void revokedUrlShouldNotBeAuthorized() throws Exception {
        String revoked = forAlice("");
        urls.revoke(MailboxPath.inbox(SmtpTestServer.ALICE), server.james().session(SmtpTestServer.ALICE)).block();
        assertThat(client.command("BURL " + revoked + " LAST")).startsWith("554 5.7.0 ");
    }

    @Test
    void missingMessageShouldNotBeResolved() throws Exception {
        assertThat(client.command("BURL " + authorized(url + "99;URLAUTH=submit+alice%40example.org") + " LAST"))
            .isEqualTo("554 5.6.6 IMAP URL resolution failed");
    }

    @Test
    void missingPartShouldNotBeResolved() throws Exception {
        assertThat(client.command("BURL " + forAlice("/;SECTION=7"))).startsWith("554 5.6.6 ");
    }

    @Test
    void serverThatNobodyTrustsShouldNotBeAsked() throws Exception {
        assertThat(client.command("BURL " + url.replace("example.com", "example.net") + ";URLAUTH=submit+alice%40example.org:internal:"
            + "0".repeat(40) + " LAST")).isEqualTo("554 5.7.14 URL resolution requires trust relationship");
    }

    @ParameterizedTest
    @CsvSource({"BURL", "BURL /INBOX/;UID=1", "BURL http://example.com/1 LAST", "BURL imap://example.com/INBOX/;UID=1 FIRST",
        "BURL imap://example.com/INBOX/;UID=1 LAST LAST", "BURL LAST"})
    void nonsenseShouldBeRefused(String command) throws Exception {
        assertThat(client.command(command)).startsWith("501 5.5.4 ");
    }

    @Test
    void messageShouldNotGrowOverTheLimit() throws Exception {
        assertThat(client.chunk(new byte[100 * 1024 - MESSAGE.length()], false)).startsWith("250 2.0.0 ");
        assertThat(client.command("BURL " + forAlice(""))).startsWith("250 2.5.0 ");
        assertThat(client.command("BURL " + forAlice("/;SECTION=1") + " LAST")).isEqualTo("554 5.3.4 Message too big for system");
    }

    @Test
    void failureShouldFailTheTransaction() throws Exception {
        assertThat(client.command("BURL " + url + "99 LAST")).startsWith("554 5.6.6 ");
        assertThat(client.command("BURL " + forAlice("") + " LAST")).startsWith("503 5.5.1 ");
        assertThat(client.chunk(new byte[] {'x'}, true)).startsWith("503 5.5.1 ");
        assertThat(client.command("DATA")).startsWith("503 5.5.1 ");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("503 ");
        assertThat(client.command("RSET")).startsWith("250 2.0.0 ");
        assertThat(client.command("MAIL FROM:<alice@example.org>")).startsWith("250 2.1.0 ");
    }

    /** Not even the syntax of the URL is looked at: RFC 4468 section 3.2. */
    @Test
    void nothingShouldBeFetchedWithoutARecipient() throws Exception {
        client.command("RSET");
        client.command("MAIL FROM:<alice@example.org>");
        assertThat(client.command("BURL " + url + "99 LAST")).isEqualTo("554 5.5.0 No recipients have been specified");
    }

    @Test
    void burlShouldNeedATransaction() throws Exception {
        client.command("RSET");
        assertThat(client.command("BURL " + forAlice("") + " LAST")).startsWith("503 5.5.1 ");
    }

    @Test
    void burlShouldNeedALogIn() throws Exception {
        try (SmtpTestClient stranger = SmtpTestClient.greeted(server)) {
            stranger.command("MAIL FROM:<carol@example.net>");
            stranger.command("RCPT TO:<bob@example.org>");
            assertThat(stranger.command("BURL " + authorized(url + ";URLAUTH=anonymous") + " LAST"))
                .isEqualTo("530 5.7.0 Authentication required");
        }
    }

    @Test
    void ehloShouldNameWhatTheClientMayUse() throws Exception {
        try (SmtpTestClient stranger = new SmtpTestClient(server.port())) {
            stranger.reply();
            stranger.send("EHLO a\r\n");
            assertThat(stranger.lines()).contains("250-BURL");
            stranger.command("AUTH PLAIN " + SmtpTestClient.plain(Username.of("alice@example.org"), SmtpTestServer.PASSWORD));
            stranger.send("EHLO a\r\n");
            assertThat(stranger.lines()).contains("250-BURL imap imap://example.com");
        }
    }
}
