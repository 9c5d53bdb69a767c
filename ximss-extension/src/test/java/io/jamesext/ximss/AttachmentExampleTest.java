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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/**
 * XIMSS, "Message Operations", messageAppend: the example with attachments (lines 1144-1177 of the text), which are uploaded by HTTP. As it
 * is printed, its HTML stands in the XML as it is; mended, it is escaped.
 */
@BothBackends
@Timeout(60)
class AttachmentExampleTest {
    private static final String HTML = "<html><body><i>Dear Susan,</i><p>I will come to your place tomorrow, thank you for the invitation!"
        + "<p><i>Mary.</i>";
    private static final byte[] GIF = Base64.getDecoder().decode("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=");
    private static final String APPEND = """
        <messageAppend id="A001" folder="Drafts" flags="Draft,Seen" replacesUID="%d" report="uid" >
        <EMail>
        <From realName="Sender Name">fromName@domain</From><Subject>Text with attachments</Subject>
        <To realName="Recipient Name">toName@domain</To><X-Mailer>SuperClient v7.77</X-Mailer>
        <MIME type="multipart" subtype="mixed">
        <MIME type="multipart" subtype="alternative">
        <MIME type="text" subtype="plain">Dear Susan,

        I will come to your place tomorrow, thank you for the invitation!
        Mary.
        </MIME>
        <MIME type="text" subtype="html">%s</MIME>
        </MIME>
        <MIME uploadID="att01" />
        <MIME uploadID="att02" type="application" subtype="pdf" />
        </MIME>
        </EMail>
        </messageAppend>""";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private XimssTestServer server;
    private String session;
    private long draft;
    private int requests;

    @BeforeEach
    void openDrafts() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + "<transport>http</transport>");
        session = "/Session/" + find("urlID=\"([^\"]+)\"", send("/XIMSSLogin/", "text/plain",
            "userName=alice%40example.org&password=secret".getBytes(StandardCharsets.UTF_8)));
        sync("<mailboxCreate id=\"1\" mailbox=\"Drafts\"/>");
        draft = server.james.append(TestJames.ALICE, "Drafts", "From: Sender Name <fromName@domain>\nSubject: Text\n\nDear Susan\n");
        assertThat(sync("<folderOpen id=\"2\" folder=\"Drafts\" sortField=\"UID\"><field>FLAGS</field><field>From</field></folderOpen>"))
            .contains("messages=\"1\"");
        send(session + "/UPLOAD/att01?fileName=test.gif", "image/gif", GIF);
        send(session + "/UPLOAD/att02?fileName=sample.pdf", "application/octet-stream", "%PDF-1.2 ".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void exampleAsPrintedShouldBeRefused() throws Exception {
        assertThat(sync(APPEND.formatted(draft, HTML))).contains("errorNum=\"501\"").doesNotContain("messageAdded");
        assertThat(sync("<folderSync id=\"A003\" folder=\"Drafts\"/>")).isEqualTo("<XIMSS><response id=\"A003\"/></XIMSS>");
    }

    @Test
    void exampleAsMendedShouldBePlayed() throws Exception {
        // Another process adds a message meanwhile.
        long other = server.james.append(TestJames.ALICE, "Drafts", "From: Other Name <other@domain>\nSubject: other\n\nText\n");

        String added = find("<messageAdded id=\"A001\" folder=\"Drafts\" UID=\"(\\d+)\"/><response id=\"A001\"/>",
            sync(APPEND.formatted(draft, HTML.replace("<", "&lt;"))));
        assertThat(sync("<clearUploaded id=\"A002\" />")).isEqualTo("<XIMSS><response id=\"A002\"/></XIMSS>");
        assertThat(sync("<folderSync id=\"A003\" folder=\"Drafts\"/>")).isEqualTo(("<XIMSS>"
            + "<folderReport id=\"A003\" folder=\"Drafts\" index=\"0\" UID=\"%d\" mode=\"removed\" messages=\"0\" unseen=\"0\"/>"
            + "<folderReport id=\"A003\" folder=\"Drafts\" index=\"0\" UID=\"%d\" mode=\"added\" messages=\"1\" unseen=\"1\">"
            + "<FLAGS>Recent</FLAGS><From>Other Name</From></folderReport>"
            + "<folderReport id=\"A003\" folder=\"Drafts\" index=\"1\" UID=\"%s\" mode=\"added\" messages=\"2\" unseen=\"1\">"
            + "<FLAGS>Seen,Draft,Recent</FLAGS><From>Sender Name</From></folderReport>"
            + "<response id=\"A003\"/></XIMSS>").formatted(draft, other, added));
        assertThat(sync("<folderRead id=\"A004\" folder=\"Drafts\" UID=\"" + added + "\"/>"))
            .contains("type=\"image\" subtype=\"gif\"").contains("Disposition-filename=\"test.gif\"")
            .contains("type=\"application\" subtype=\"pdf\"").contains("Disposition-filename=\"sample.pdf\"")
            .contains("subtype=\"html\"").contains("&lt;p&gt;&lt;i&gt;Mary.&lt;/i&gt;");
        assertThat(sync(APPEND.formatted(draft, "gone"))).contains("no such uploaded file");
    }

    private String sync(String request) throws Exception {
        return send(session + "/sync?reqSeq=" + ++requests, "text/xml",
            ("<XIMSS>" + request + "</XIMSS>").getBytes(StandardCharsets.UTF_8));
    }

    private String send(String path, String type, byte[] body) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path)).timeout(Duration.ofSeconds(20))
            .header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString()).body();
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
