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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** The HTTP binding, as CommuniGate's own library and other clients speak it. */
@BothBackends
@Timeout(60)
class HttpBindingTest {
    private static final String EMPTY = "<XIMSS></XIMSS>";
    private static final Pattern URL_ID = Pattern.compile("urlID=\"([^\"]+)\"");
    private static final String MAIL = """
        <messageAppend id="%s" folder="F"><EMail><From>alice@example.org</From><Subject>%s</Subject>%s</EMail></messageAppend>""";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private XimssTestServer server;
    private String session;

    @BeforeEach
    void logIn() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + "<transport>http</transport>");
        session = "/Session/" + urlId(post("/XIMSSLogin/", "userName=alice%40example.org&password=secret"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatComesBeforeTheLogInShouldBeAnswered() throws Exception {
        assertThat(post("/ximssLogin/?errorAsXML=1", "<XIMSS><listFeatures id=\"list\"/></XIMSS>"))
            .startsWith("<XIMSS><features id=\"list\"><domain>example.org</domain>").endsWith("<response id=\"list\"/></XIMSS>");
    }

    @Test
    void logInShouldTakeParametersOfTheAddress() throws Exception {
        assertThat(get("/XIMSSLogin/?username=alice@example.org&password=secret").body()).contains("urlID=");
    }

    @Test
    void logInShouldTakeBasicAuthentication() throws Exception {
        String pair = Base64.getEncoder().encodeToString("alice@example.org:secret".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(request("/XIMSSLogin/").header("Authorization", "Basic " + pair)
            .POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(answer.body()).contains("urlID=");
    }

    @Test
    void wrongPasswordShouldOpenNothing() throws Exception {
        assertThat(post("/XIMSSLogin/", "userName=alice%40example.org&password=wrong"))
            .matches("<XIMSS><response id=\"login\" errorText=\"[^\"]+\" errorNum=\"535\"/></XIMSS>");
    }

    @Test
    void sessionidShouldGiveTheSessionAgain() throws Exception {
        String id = session.substring("/Session/".length());

        assertThat(urlId(post("/XIMSSLogin/", "sessionid=" + id))).isEqualTo(id);
    }

    @Test
    void requestsShouldBeAnsweredInOrder() throws Exception {
        assertThat(sync(1, "<noop id=\"1\"/><mailboxCreate id=\"2\" mailbox=\"INBOX\"/><noop id=\"3\"/>"))
            .matches("<XIMSS><response id=\"1\"/><response id=\"2\" errorText=\"[^\"]+\" errorNum=\"\\d+\"/><response id=\"3\"/></XIMSS>");
    }

    @Test
    void repeatedNumberShouldRepeatTheAnswerAndNotTheRequest() throws Exception {
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>");
        String once = sync(2, MAIL.formatted("m", "once", ""));

        assertThat(sync(2, MAIL.formatted("m", "once", ""))).isEqualTo(once);
        assertThat(sync(3, "<folderSync id=\"s\" folder=\"F\"/>")).contains("messages=\"1\"").doesNotContain("messages=\"2\"");
    }

    @Test
    void requestWithoutNumberShouldNotMakeARetryNew() throws Exception {
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>");
        String once = sync(2, MAIL.formatted("m", "once", ""));
        post(session + "/sync", "<XIMSS><noop id=\"n\"/></XIMSS>");

        assertThat(sync(2, MAIL.formatted("m", "once", ""))).isEqualTo(once);
        assertThat(sync(3, "<folderSync id=\"s\" folder=\"F\"/>")).contains("messages=\"1\"").doesNotContain("messages=\"2\"");
    }

    @Test
    void longAnswersShouldWaitForTheirGetAndTheSessionEndAllTheSame() throws Exception {
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>"
            + MAIL.formatted("m", "x", "<MIME type=\"text\">" + "long ".repeat(120_000) + "</MIME>"));
        String reads = "<folderRead id=\"r\" folder=\"F\" UID=\"1\"/>".repeat(10);
        assertThat(post(session + "/async?reqSeq=2", "<XIMSS>" + reads + "</XIMSS>")).isEqualTo(EMPTY);

        int answers = 0;
        for (int number = 0; answers < 10; number++) {
            String some = get(session + "/?maxWait=10&ackSeq=" + number).body();
            // A MiB waits, and what is added before somebody looks.
            assertThat(some).hasSizeLessThan(2 << 20);
            answers += some.split("<response ", -1).length - 1;
        }
        assertThat(post(session + "/async?reqSeq=3", "<XIMSS>" + reads + "</XIMSS>")).isEqualTo(EMPTY);
        post(session + "/KILL", "");
        awaitGone(session);
    }

    @Test
    void numberOutOfSequenceShouldBeRefused() throws Exception {
        sync(1, "<noop id=\"1\"/>");

        assertThat(sync(3, "<noop id=\"3\"/>"))
            .isEqualTo("<XIMSS><response errorText=\"XIMSS request sequence error\" errorNum=\"503\"/></XIMSS>");
        assertThat(sync(2, "<noop id=\"2\"/>")).isEqualTo("<XIMSS><response id=\"2\"/></XIMSS>");
    }

    @Test
    void malformedDocumentShouldBeRefused() throws Exception {
        assertThat(sync(1, "<noop id=\"1\">")).contains("errorNum=\"501\"");
        assertThat(post(session + "/sync", "<other/>")).contains("errorNum=\"501\"");
    }

    @Test
    void getShouldWaitForNewsAndRepeatThemUntilTheyAreAcknowledged() throws Exception {
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>");
        CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(request(session + "/?ackSeq=&maxWait=30").GET().build(),
            BodyHandlers.ofString());
        sync(2, MAIL.formatted("m", "news", ""));

        String news = "<XIMSS respSeq=\"1\"><folderReport folder=\"F\" mode=\"notify\"/></XIMSS>";
        assertThat(waiting.get().body()).isEqualTo(news);
        assertThat(get(session + "/get?maxWait=0&ackSeq=0").body()).isEqualTo(news);
        assertThat(get(session + "/?maxWait=0&ackSeq=1").body()).isEqualTo(EMPTY);
    }

    @Test
    void anotherGetShouldTakeThePlaceOfTheOneThatWaits() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(request(session + "/?ackSeq=0&maxWait=60").GET().build(),
            BodyHandlers.ofString());
        while (!waiting.isDone()) {
            assertThat(get(session + "/?ackSeq=0&maxWait=0").body()).isEqualTo(EMPTY);
        }

        assertThat(waiting.get().body()).isEqualTo(EMPTY);
    }

    @Test
    void newsShouldComeWithASyncRequestThatAsksForThem() throws Exception {
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>");
        sync(2, MAIL.formatted("m", "news", ""));

        String answer = EMPTY;
        for (int number = 3; !answer.contains("notify"); number++) {
            answer = post(session + "/sync?syncAsync=1&reqSeq=" + number, "<XIMSS><noop id=\"n\"/></XIMSS>");
        }
        assertThat(answer).contains("<folderReport folder=\"F\" mode=\"notify\"/>").contains("<response id=\"n\"/>");
    }

    @Test
    void answersToAsyncRequestsShouldComeByGet() throws Exception {
        assertThat(post(session + "/async?reqSeq=1", "<XIMSS><noop id=\"1\"/><noop id=\"2\"/></XIMSS>")).isEqualTo(EMPTY);

        String answers = "";
        for (int number = 0; !answers.contains("id=\"2\""); number++) {
            answers += get(session + "/?maxWait=10&ackSeq=" + number).body();
        }
        assertThat(answers).contains("<response id=\"1\"/>").contains("<response id=\"2\"/>");
    }

    @Test
    void sessionShouldEndByKillAndByBye() throws Exception {
        assertThat(post(session + "/KILL", "")).isEqualTo(EMPTY);
        awaitGone(session);
        String other = "/Session/" + urlId(post("/XIMSSLogin/", "userName=alice%40example.org&password=secret"));

        assertThat(post(other + "/sync", "<XIMSS><bye id=\"b\"/></XIMSS>")).isEqualTo("<XIMSS><response id=\"b\"/></XIMSS>");
        awaitGone(other);
    }

    @Test
    void unknownSessionShouldBeGone() throws Exception {
        assertThat(get("/Session/none/?ackSeq=0").statusCode()).isEqualTo(550);
    }

    @Test
    void uploadedFileShouldBecomeAnAttachmentAndComeBack() throws Exception {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        HttpRequest upload = request(session + "/UPLOAD/att01?fileName=C:%5Cpictures%5Ctest.gif").header("Content-Type", "image/gif")
            .POST(BodyPublishers.ofByteArray(content)).build();
        assertThat(http.send(upload, BodyHandlers.ofString()).body()).isEqualTo(EMPTY);
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>");
        sync(2, MAIL.formatted("m", "files", """
            <MIME type="multipart" subtype="mixed"><MIME type="text">see</MIME><MIME uploadID="att01"/>\
            <MIME uploadID="att01" type="application" subtype="pdf" disposition-filename="x.pdf"/></MIME>"""));

        assertThat(sync(3, "<folderRead id=\"r\" folder=\"F\" UID=\"1\"/>"))
            .contains("type=\"image\" subtype=\"gif\"").contains("Disposition-filename=\"test.gif\"")
            .contains("type=\"application\" subtype=\"pdf\"").contains("Disposition-filename=\"x.pdf\"");
        HttpResponse<byte[]> part = http.send(request(session + "/MIME/F/1-02.gif").GET().build(), BodyHandlers.ofByteArray());
        assertThat(part.body()).isEqualTo(content);
        assertThat(part.headers().firstValue("Content-Type")).contains("image/gif");
        assertThat(part.headers().firstValue("Content-Disposition")).contains("inline; filename*=UTF-8''test.gif");
    }

    @Test
    void clearUploadedShouldRemoveOneFileOrAll() throws Exception {
        post(session + "/UPLOAD/one", "1");
        post(session + "/UPLOAD/two", "2");
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>");

        sync(2, "<clearUploaded id=\"c\" uploadID=\"one\"/>");
        assertThat(sync(3, MAIL.formatted("m", "x", "<MIME uploadID=\"one\"/>"))).contains("errorNum=\"550\"");
        assertThat(sync(4, MAIL.formatted("m", "x", "<MIME uploadID=\"two\"/>"))).isEqualTo("<XIMSS><response id=\"m\"/></XIMSS>");
        sync(5, "<clearUploaded id=\"c\"/>");
        assertThat(sync(6, MAIL.formatted("m", "x", "<MIME uploadID=\"two\"/>"))).contains("errorNum=\"550\"");
    }

    @Test
    void programsInMailShouldNotRun() throws Exception {
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>"
            + MAIL.formatted("m", "x", "<MIME type=\"multipart\"><MIME type=\"text\" subtype=\"html\">&lt;script></MIME></MIME>"));

        HttpResponse<String> part = get(session + "/MIME/F/1-01.html");
        assertThat(part.body()).isEqualTo("<script>");
        assertThat(part.headers().firstValue("Content-Disposition")).contains("attachment");
        assertThat(part.headers().firstValue("Content-Security-Policy")).contains("sandbox; default-src 'none'");
    }

    @Test
    void whatIsNotThereShouldNotBeDownloaded() throws Exception {
        sync(1, "<folderOpen id=\"o\" folder=\"F\" mailbox=\"INBOX\" sortField=\"UID\"><field>UID</field></folderOpen>");

        assertThat(get(session + "/MIME/F/99-01.txt").statusCode()).isEqualTo(404);
        assertThat(get(session + "/MIME/Other/1.txt").statusCode()).isEqualTo(404);
        assertThat(get(session + "/MIME/F/x.txt").statusCode()).isEqualTo(404);
    }

    @Test
    void downloadShouldNeedTheRightToRead() throws Exception {
        server.james.append(TestJames.ALICE, "INBOX", "Subject: secret\n\nText\n");
        String bob = "/Session/" + urlId(post("/XIMSSLogin/", "userName=bob%40example.org&password=secret"));
        grant("lr");
        assertThat(post(bob + "/sync", "<XIMSS><folderOpen id=\"o\" folder=\"F\" mailbox=\"~alice@example.org/INBOX\" sortField=\"UID\">"
            + "<field>UID</field></folderOpen></XIMSS>")).contains("messages=\"1\"");
        assertThat(get(bob + "/MIME/F/1.txt").body()).contains("Text");

        grant("l");
        HttpResponse<String> denied = get(bob + "/MIME/F/1.txt");
        assertThat(denied.statusCode()).isBetween(403, 404);
        assertThat(denied.body()).doesNotContain("Text");
    }

    private void grant(String rights) throws Exception {
        MailboxSession alice = server.james.session(TestJames.ALICE);
        server.james.mailboxManager().applyRightsCommand(MailboxPath.inbox(alice),
            MailboxACL.command().forUser(TestJames.BOB).rights(MailboxACL.Rfc4314Rights.deserialize(rights)).asReplacement(), alice);
    }

    private void awaitGone(String gone) throws Exception {
        while (get(gone + "/?ackSeq=0&maxWait=0").statusCode() != 550) {
            Thread.onSpinWait();
        }
    }

    private String sync(int number, String requests) throws Exception {
        return post(session + "/sync?reqSeq=" + number, "<XIMSS>" + requests + "</XIMSS>");
    }

    private String post(String path, String body) throws Exception {
        return http.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path)).timeout(Duration.ofSeconds(20));
    }

    private static String urlId(String answer) {
        Matcher matcher = URL_ID.matcher(answer);
        assertThat(matcher.find()).as(answer).isTrue();
        return matcher.group(1);
    }
}
