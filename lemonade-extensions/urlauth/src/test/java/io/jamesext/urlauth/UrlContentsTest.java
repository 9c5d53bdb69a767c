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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableList;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@BothBackends
class UrlContentsTest {
    private static final String HEADER = "Subject: a\r\n folded  one\r\nFrom:  Bob \r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n"
        + "\r\n";
    private static final String INNER = "Subject: inner\r\n\r\ninner text\r\n";
    private static final String MESSAGE = HEADER
        + "preamble\r\n--b\r\nContent-Type: text/plain;\r\n\tcharset=us-ascii\r\n\r\nfirst\r\n"
        + "--b\r\nContent-Type: message/rfc822\r\n\r\n" + INNER
        + "\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nthree one\r\n--c\r\nX: y\r\n\r\nthree two\r\n"
        + "\r\n--c--\r\n"
        + "\r\n--b--\r\nepilogue\r\n";

    private MailboxManager mailboxManager;
    private UrlContents contents;
    private MailboxSession session;
    private MessageManager mailbox;
    private long validity;

    @BeforeEach
    void setUp() throws Exception {
        mailboxManager = TestJames.create().mailboxManager();
        contents = new UrlContents(mailboxManager, new MimeParts());
        session = mailboxManager.createSystemSession(TestJames.ALICE);
        MailboxPath path = MailboxPath.forUser(TestJames.ALICE, "Drafts");
        mailboxManager.createMailbox(path, session);
        mailbox = mailboxManager.getMailbox(path, session);
        mailbox.appendMessage(MessageManager.AppendCommand.builder().build(MESSAGE.getBytes(StandardCharsets.US_ASCII)), session);
        mailbox.appendMessage(MessageManager.AppendCommand.builder().build("Subject: plain\r\n\r\nbody"), session);
        validity = mailbox.getMailboxEntity().getUidValidity().asLong();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "1/;SECTION=1|first",
        "1/;SECTION=1.MIME|Content-Type: text/plain;\\r\\n\\tcharset=us-ascii\\r\\n\\r\\n",
        "1/;SECTION=2|Subject: inner\\r\\n\\r\\ninner text\\r\\n",
        "1/;SECTION=2.HEADER|Subject: inner\\r\\n\\r\\n",
        "1/;SECTION=2.TEXT|inner text\\r\\n",
        "1/;SECTION=2.1|inner text\\r\\n",
        "1/;SECTION=2.1.MIME|Subject: inner\\r\\n\\r\\n",
        "1/;SECTION=3.1|three one",
        "1/;SECTION=3.2|three two\\r\\n",
        "1/;SECTION=3.1.MIME|\\r\\n",
        "1/;SECTION=HEADER.FIELDS%20(from)|From:  Bob \\r\\n\\r\\n",
        "1/;SECTION=HEADER.FIELDS.NOT%20(from%20Content-Type)|Subject: a\\r\\n folded  one\\r\\n\\r\\n",
        "2|Subject: plain\\r\\n\\r\\nbody",
        "2/;SECTION=1|body",
        "2/;SECTION=TEXT|body",
        "2/;SECTION=HEADER|Subject: plain\\r\\n\\r\\n",
        "2/;PARTIAL=9.5|plain",
        "2/;PARTIAL=9|plain\\r\\n\\r\\nbody",
        "2/;PARTIAL=20.1000|dy",
        "2/;PARTIAL=4000000000|''",
        "2/;SECTION=TEXT/;PARTIAL=1.2|od"})
    void sectionShouldBeTheStoredOctets(String uidAndRest, String expected) throws Exception {
        String content = read("/Drafts;UIDVALIDITY=" + validity + "/;UID=" + uidAndRest);
        assertThat(content).isEqualTo(expected.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t"));
    }

    @Test
    void headerAndTextShouldMakeTheWholeMessage() throws Exception {
        assertThat(read("/Drafts/;UID=1")).isEqualTo(MESSAGE);
        assertThat(read("/Drafts/;UID=1/;SECTION=HEADER")).isEqualTo(HEADER);
        assertThat(read("/Drafts/;UID=1/;SECTION=HEADER") + read("/Drafts/;UID=1/;SECTION=TEXT")).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Missing/;UID=1", "/Drafts/;UID=3", "/Drafts;UIDVALIDITY=1/;UID=1", "/Drafts", "/", "/drafts/;UID=1",
        "/Drafts/;UID=1/;SECTION=4", "/Drafts/;UID=1/;SECTION=1.1", "/Drafts/;UID=1/;SECTION=1.HEADER", "/Drafts/;UID=1/;SECTION=3.3",
        "/Drafts/;UID=1/;SECTION=2.2", "/Drafts/;UID=2/;SECTION=2", "/Drafts/;UID=2/;SECTION=1.1", "/Drafts/;UID=2/;SECTION=1.TEXT",
        "/%23user.bob.INBOX/;UID=1", "/%23private./;UID=1"})
    void absentContentShouldBeABadUrl(String url) {
        assertThatThrownBy(() -> read(url)).isInstanceOf(BadUrlException.class);
    }

    @Test
    void inboxShouldHaveNoCaseAndTheNamespaceIsTheUsers() throws Exception {
        mailboxManager.getMailbox(MailboxPath.inbox(session), session)
            .appendMessage(MessageManager.AppendCommand.builder().build("a: b\r\n\r\nc"), session);
        assertThat(read("/inBox/;UID=1")).isEqualTo("a: b\r\n\r\nc");
        assertThat(read("/%23private.Drafts/;UID=2/;SECTION=TEXT")).isEqualTo("body");
    }

    @Test
    void anotherUserShouldNotReadIt() {
        MailboxSession bob = mailboxManager.createSystemSession(TestJames.BOB);
        assertThatThrownBy(() -> contents.open(ImapUrl.parse("/Drafts/;UID=1"), bob).block()).isInstanceOf(BadUrlException.class);
    }

    @Test
    void readingShouldChangeNoFlag() throws Exception {
        Flags before = flags();
        read("/Drafts/;UID=1");
        assertThat(flags()).isEqualTo(before);
    }

    private Flags flags() {
        return Flux.from(mailbox.getMessagesReactive(MessageRange.all(), FetchGroup.MINIMAL, session))
            .collect(ImmutableList.toImmutableList()).block().get(0).getFlags();
    }

    private String read(String url) throws Exception {
        UrlContent content = Mono.from(contents.open(ImapUrl.parse(url), session)).block();
        try (InputStream stream = content.open()) {
            byte[] octets = stream.readAllBytes();
            assertThat(content.sizeBytes()).isEqualTo(octets.length);
            return new String(octets, StandardCharsets.US_ASCII);
        }
    }
}
