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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What contactsImport does with files that a client has uploaded; its transcript has none. */
@BothBackends
@Timeout(120)
class ContactsImportTest {
    private static final Pattern URL_ID = Pattern.compile("urlID=\"([^\"]+)\"");
    private static final String INBOX = "~alice@example.org/INBOX";
    private static final String IMPORT = "<contactsImport id=\"i\" folder=\"c\" uploadID=\"book\"/>";
    private static final String DONE = "<XIMSS><response id=\"i\"/></XIMSS>";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private XimssTestServer server;
    private String session = "";

    @BeforeEach
    void start() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + "<transport>http</transport>");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void cardsOfAFileShouldBecomeContacts() throws Exception {
        logIn("alice");
        sync("<folderOpen id=\"o\" folder=\"c\" mailbox=\"Contacts\" mailboxClass=\"IPF.Contact\" sortField=\"Subject\">"
            + "<field>Subject</field><field>E-To</field></folderOpen>");
        upload("BEGIN:VCARD\r\nVERSION:2.1\r\nN:M\u00fcller;J\u00f6rg\r\nEMAIL;INTERNET;HOME:jm@example.org\r\nEND:VCARD\r\n\r\n"
            + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\nBEGIN:VGROUP\r\nFN:All\r\nEND:VGROUP\r\n");

        assertThat(sync(IMPORT)).isEqualTo(DONE);
        assertThat(sync("<folderSync id=\"s\" folder=\"c\"/>"
            + "<folderBrowse id=\"b\" folder=\"c\"><index from=\"0\" till=\"9\"/></folderBrowse>"))
            .containsPattern("<Subject>All</Subject><E-To>GROUP</E-To>.*<Subject>J\u00f6rg M\u00fcller</Subject><E-To>jm@example.org</E-To>"
                + ".*<Subject>Zoe</Subject>");
        // It stays in the uploaded file set.
        assertThat(sync(IMPORT)).isEqualTo(DONE);
        assertThat(sync("<folderSync id=\"s\" folder=\"c\"/>")).contains("messages=\"6\"");
    }

    @Test
    void whatIsNoAddressBookShouldBeRefused() throws Exception {
        logIn("alice");
        sync("<folderOpen id=\"o\" folder=\"c\" mailbox=\"Contacts\" mailboxClass=\"\" sortField=\"UID\"><field>UID</field></folderOpen>");
        upload("Hello");
        assertThat(sync(IMPORT)).isEqualTo("<XIMSS><response id=\"i\" errorText=\"no vCard in the file\" errorNum=\"501\"/></XIMSS>");
        upload("BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\n" + "FN:b\n".repeat(30_000) + "END:VCARD\n");
        assertThat(sync(IMPORT)).isEqualTo("<XIMSS><response id=\"i\" errorText=\"the vCards are too big\" errorNum=\"552\"/></XIMSS>");
        assertThat(sync("<folderSync id=\"s\" folder=\"c\"/>")).isEqualTo("<XIMSS><response id=\"s\"/></XIMSS>");
    }

    @Test
    void importShouldNeedTheRightToInsert() throws Exception {
        allow("lrstwke");
        logIn("bob");
        sync("<folderOpen id=\"o\" folder=\"c\" mailbox=\"" + INBOX + "\" sortField=\"UID\"><field>UID</field></folderOpen>");
        upload("BEGIN:VCARD\nFN:a\nEND:VCARD\n");
        assertThat(sync(IMPORT)).contains("errorNum=\"551\"");
        allow("lri");
        assertThat(sync(IMPORT)).isEqualTo(DONE);
    }

    private void allow(String rights) throws Exception {
        server.james.mailboxManager().applyRightsCommand(MailboxPath.inbox(TestJames.ALICE),
            MailboxACL.command().forUser(TestJames.BOB).rights(MailboxACL.Rfc4314Rights.deserialize(rights)).asReplacement(),
            server.james.session(TestJames.ALICE));
    }

    private void logIn(String user) throws Exception {
        Matcher urlId = URL_ID.matcher(post("/XIMSSLogin/", "userName=" + user + "%40example.org&password=secret", StandardCharsets.UTF_8));
        assertThat(urlId.find()).isTrue();
        session = "/Session/" + urlId.group(1);
    }

    /** In the charset of an old program. */
    private void upload(String file) throws Exception {
        post(session + "/UPLOAD/book?fileName=contacts.vcf", file, StandardCharsets.ISO_8859_1);
    }

    private String sync(String requests) throws Exception {
        return post(session + "/sync", "<XIMSS>" + requests + "</XIMSS>", StandardCharsets.UTF_8);
    }

    private String post(String path, String body, Charset charset) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + path))
            .POST(BodyPublishers.ofString(body, charset)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
