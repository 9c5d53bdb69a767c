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

package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxManager.SearchCapabilities;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.lemonade.imap.search.SearchKey.And;
import io.jamesext.lemonade.imap.search.SearchKey.Body;
import io.jamesext.lemonade.imap.search.SearchKey.Header;
import io.jamesext.lemonade.imap.search.SearchKey.Not;
import io.jamesext.lemonade.imap.search.SearchKey.Or;
import io.jamesext.lemonade.imap.search.SearchKey.Sent;
import io.jamesext.lemonade.imap.search.SearchKey.Text;
import io.jamesext.lemonade.imap.search.SearchKey.When;
import io.jamesext.opensearch.IndexUnavailableException;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Mono;

/** Both ways of finding texts give the same where both can, and a server with an index says so when that is down. */
@BothBackends
class IndexedTextsTest {
    private static final SearchKey ALICE = new Header("From", "alice");
    private static final LocalDate DAY = LocalDate.of(2020, 2, 29);

    private final List<Long> uids = new ArrayList<>();
    private MailboxSource mailbox;
    private TestJames james;

    @BeforeEach
    void fill() throws Exception {
        james = TestJames.create();
        for (String message : List.of(
                "From: Alice <alice@example.org>\nSubject: one\nDate: Sat, 29 Feb 2020 12:00:00 +0000\n\nfirst body\n",
                "From: bob@example.org\nTo: alice@example.org\nSubject: two \u00e9tude\n"
                    + "Date: Sun, 1 Mar 2020 00:00:00 +0000\n\nsecond body\n",
                "From: carol@example.org\nSubject: three\nX-Note: first\n\nthird text\n",
                "Subject: E\u0301tude\nContent-Type: text/plain; charset=utf-8\n\ncre\u0300me br\u00fbl\u00e9e\n")) {
            uids.add(james.append(TestJames.ALICE, "INBOX", message));
        }
        MailboxSession session = james.session(TestJames.ALICE);
        mailbox = new MailboxSource(james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), session), session);
    }

    @Test
    void programsShouldMeanTheSameToBoth() {
        assertFound(ALICE, 1);
        assertFound(new Not(ALICE), 2, 3, 4);
        assertFound(new Header("To", "ALICE"), 2);
        assertFound(new Header("Subject", "hre"), 3);
        assertFound(new Header("X-Note", ""), 3);
        assertFound(new Header("To", ""), 2);
        assertFound(new Body("first"), 1);
        assertFound(new Text("first"), 1, 3);
        assertFound(new Or(List.of(ALICE, new Body("second"))), 1, 2);
        assertFound(new And(List.of(new Text("body"), new Not(new Or(List.of(ALICE, new Header("Subject", "x")))))), 2);
        assertFound(new Sent(When.ON, DAY), 1);
        assertFound(new Sent(When.BEFORE, DAY.plusDays(1)), 1);
        assertFound(new Sent(When.SINCE, DAY), 1, 2);
        assertFound(new Not(new Sent(When.SINCE, DAY)), 3, 4);
    }

    @Test
    void onlyMessagesThatWereAskedForShouldBeFound() {
        List<Long> last = List.of(uids.get(2));
        assertThat(new IndexedTexts().matching(Map.of(new Text("first"), last), mailbox).collectList().block()).isEqualTo(last);
    }

    @Test
    void manyKeysShouldMeanTheSameToBoth() {
        List<SearchKey> many = new ArrayList<>(List.of(ALICE, new Sent(When.BEFORE, DAY), new Header("To", "")));
        IntStream.range(0, 60).forEach(at -> many.add(new Body("word" + at)));
        assertFound(new Or(many), 1, 2);
        assertFound(new Not(new Or(many)), 3, 4);
    }

    /** As many as filters may come to: OpenSearch takes 1,024 clauses in a question. */
    @Test
    void asManyKeysAsThereMayBeShouldBeAsked() {
        List<SearchKey> many = new ArrayList<>(List.of(ALICE));
        IntStream.range(0, 4_000).forEach(at -> many.add(new Text("word" + at)));
        assertFound(new Or(many), 1);

        List<SearchKey> longOnes = new ArrayList<>(List.of(ALICE));
        IntStream.range(0, 100).forEach(at -> longOnes.add(new Text("\u00e9tude ".repeat(40) + at)));
        assertFound(new Or(longOnes), 1);
    }

    /** What the index finds by itself. RFC 5051: an accent makes another letter, case does not. */
    @Test
    void plainStringsShouldBeFoundAsTheyAre() throws Exception {
        for (String subject : List.of("an etude", "an \u00e9tude", "=?utf-8?q?an_=C3=89tude_etude?=", "a  n etude", "signs: <subject>")) {
            uids.add(james.append(TestJames.ALICE, "INBOX", "Subject: " + subject + "\nTo: \u017fam <sam@example.org>\n\ntext\n"));
        }
        assertFound(new Header("Subject", "ETUDE"), 5, 7, 8);
        assertFound(new Header("subject", "n etude"), 5, 8);
        assertFound(new Header("Subject", " etude"), 5, 7, 8);
        assertFound(new Header("Subject", "signs: <"), 9);
        assertFound(new Header("Subject", "<subject>"), 9);
        assertFound(new Header("To", "sam"), 5, 6, 7, 8, 9);
        assertFound(new Header("To", "<sam@"), 5, 6, 7, 8, 9);
        assertFound(new Not(new Header("Subject", "tude")), 1, 3, 9);
        assertFound(new Text("signs: <to>"));
        assertFound(new Text("undated"));
    }

    @Test
    void fieldNamesShouldBeTakenAsTheyAre() throws Exception {
        for (String name : List.of("A\\B", "AXB", "A*B", "A?B", "A\\*B", "N".repeat(300), "N".repeat(301))) {
            uids.add(james.append(TestJames.ALICE, "INBOX", name + ": x\n\ntext\n"));
        }
        assertFound(new Header("A\\B", ""), 5);
        assertFound(new Header("A*B", ""), 7);
        assertFound(new Header("A?B", ""), 8);
        assertFound(new Header("A\\*B", ""), 9);
        assertFound(new Header("N".repeat(300), ""), 10);
        assertFound(new Not(new Header("A\\B", "")), 1, 2, 3, 4, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void lettersShouldBeComparedByCasemapWhateverTheIndexDoes() {
        assertFound(new Header("Subject", "ÉTUDE"), 2, 4);
        assertFound(new Header("Subject", "e\u0301tude"), 2, 4);
        assertFound(new Header("Subject", "etude"));
        assertFound(new Body("RÈME BRÛ"), 4);
        assertFound(new Text("ond b"), 2);
        assertFound(new Text("Subject: one"), 1);
        assertFound(new Header(" texts", "first"));
        assertFound(new Header(" whole", ""));
        assertFound(new Not(new Header(" whole", "")), 1, 2, 3, 4);
    }

    /** What is too much for the index is found all the same. */
    @Test
    void largeTextsShouldBeSearchedToTheirEnd() throws Exception {
        uids.add(james.append(TestJames.ALICE, "INBOX", "Subject: large\n\n" + "0123456789 and so on\n".repeat(60_000) + "the ünd\n"));
        assertFound(new Body("THE ÜND"), 5);
        assertFound(new Text("9 and so on"), 5);
    }

    /** RFC 3501 section 6.4.4: an empty string is in every field of that name. The index keeps 2,000 fields. */
    @Test
    void fieldsThatTheIndexDoesNotKeepShouldBeFound() throws Exception {
        uids.add(james.append(TestJames.ALICE, "INBOX", "X-Filler: x\n".repeat(2_100) + "X-Last: x\n\ntext\n"));
        assertFound(new Header("X-Last", ""), 5);
        assertFound(new Not(new Header("X-Last", "")), 1, 2, 3, 4);
        assertFound(new Not(new Header("X-None", "")), 1, 2, 3, 4, 5);
    }

    private void assertFound(SearchKey program, long... numbers) {
        List<Long> expected = LongStream.of(numbers).mapToObj(number -> uids.get((int) number - 1)).toList();
        assertThat(new IndexedTexts().matching(Map.of(program, uids), mailbox).sort().collectList().block()).as("indexed: %s", program)
            .isEqualTo(expected);
        assertThat(ReadTexts.inBulk().matching(Map.of(program, uids), mailbox).sort().collectList().block()).as("read: %s", program)
            .isEqualTo(expected);
    }

    @Test
    void onlyTextsShouldNeedTheIndex() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        try (ImapTestServer server = ImapTestServer.start("", mailboxes -> withoutIndex(mailboxes, down));
             ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.write("p APPEND INBOX (\\Seen) {17+}\r\nSubject: x\r\n\r\ny\r\n\r\n");
            client.until("p ");
            assertThat(client.command("s SELECT INBOX")).last().asString().startsWith("s OK");
            down.set(true);
            assertThat(client.command("a SEARCH SEEN SINCE 1-Jan-2000 SMALLER 1000 OR SUBJECT x UID *")).startsWith("* SEARCH 1");
            client.command("b SEARCH RETURN (SAVE) ALL");
            assertThat(client.command("a SEARCH SUBJECT x")).last().asString().startsWith("a NO [UNAVAILABLE] SEARCH ");
            assertThat(client.command("a SORT (SUBJECT) UTF-8 SUBJECT x")).last().asString().startsWith("a NO [UNAVAILABLE] SORT ");
            assertThat(client.command("a THREAD REFERENCES UTF-8 SUBJECT x")).last().asString().startsWith("a NO [UNAVAILABLE] THREAD ");
            assertThat(client.command("a SORT (SUBJECT) UTF-8 ALL")).startsWith("* SORT 1");
            assertThat(client.command("a SEARCH $")).startsWith("* SEARCH 1");
            assertThat(client.command("a SEARCH RETURN (SAVE) SUBJECT x")).last().asString().startsWith("a NO [UNAVAILABLE] SEARCH ");
            assertThat(client.command("a SEARCH $")).first().isEqualTo("* SEARCH");
        }
    }

    private static MailboxManager withoutIndex(MailboxManager mailboxes, AtomicBoolean down) {
        return proxy(MailboxManager.class, mailboxes, (name, answer) -> switch (name) {
            case "getSupportedSearchCapabilities" -> EnumSet.allOf(SearchCapabilities.class);
            case "getMailboxReactive" -> down.get() ? ((Mono<?>) answer).map(IndexedTextsTest::withoutIndex) : answer;
            default -> answer;
        });
    }

    private static MessageManager withoutIndex(Object mailbox) {
        return proxy(MessageManager.class, (MessageManager) mailbox, (name, answer) -> {
            if (name.equals("search")) {
                throw new IndexUnavailableException(new IllegalStateException("down"));
            }
            return answer;
        });
    }

    @FunctionalInterface
    private interface Change {
        Object of(String method, Object answer) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T behind, Change change) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            try {
                return change.of(method.getName(), method.invoke(behind, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
