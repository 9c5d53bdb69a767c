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
package io.jamesext.opensearch;

import static org.apache.james.mailbox.model.SearchQuery.attachmentFileName;
import static org.apache.james.mailbox.model.SearchQuery.bodyContains;
import static org.apache.james.mailbox.model.SearchQuery.headerContains;
import static org.apache.james.mailbox.model.SearchQuery.headerExists;
import static org.apache.james.mailbox.model.SearchQuery.mailContains;
import static org.apache.james.mailbox.model.SearchQuery.not;
import static org.apache.james.mailbox.model.SearchQuery.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.AddressType;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.apache.james.mailbox.model.SearchQuery.Sort;
import org.apache.james.mailbox.model.SearchQuery.Sort.Order;
import org.apache.james.mailbox.model.SearchQuery.Sort.SortClause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;

/** What James's contract does not ask: RFC 3501 and RFC 5256 where they are stricter, languages, and hostile values. */
@SuppressWarnings("NullAway.Init")
class SearchTest {
    private TestIndex index;
    private MailboxSession session;
    private MessageManager inbox;

    @BeforeEach
    void setUp() throws Exception {
        index = TestIndex.create();
        InMemoryIntegrationResources james = index.james();
        session = james.getMailboxManager().createSystemSession(Username.of("alice"));
        james.getMailboxManager().createMailbox(MailboxPath.inbox(session), session);
        inbox = james.getMailboxManager().getMailbox(MailboxPath.inbox(session), session);
    }

    @AfterEach
    void tearDown() throws Exception {
        index.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quarterly", "arterly rep", "REPORT", "Bob@Example.ORG", "ob@exam", "x-secret-plan", "<id-1@", "Réunion",
        "reunion"})
    void textShouldFindWhatStandsInTheHeader(String wanted) throws Exception {
        long found = append("From: Bob <bob@example.org>\r\nSubject: Quarterly report\r\nMessage-ID: <id-1@example.org>\r\n"
            + "X-Secret-Plan: =?utf-8?q?R=C3=A9union?=\r\n\r\nnothing\r\n");
        append("Subject: other\r\n\r\nnothing\r\n");
        assertThat(search(mailContains(wanted))).containsExactly(found);
    }

    /** What the Lemonade listener asks for, before it reads what it is given. */
    @Test
    void textsShouldBeFoundByAnyPartOfThem() throws Exception {
        long found = append("Subject: r\u00e9union\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p title=x>cre\u0300me br\u00fbl\u00e9e</p>\r\n"
            + "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=y.txt\r\n\r\n"
            + "unbelievable\r\n--b--\r\n");
        append("Subject: other\r\n\r\nnothing\r\n");
        for (String wanted : List.of("R\u00c8ME BR\u00dbL", "title=X", "filename=y", "BELIEV")) {
            assertThat(search(SearchQuery.headerContains(" texts", wanted))).as(wanted).containsExactly(found);
            assertThat(search(SearchQuery.headerContains(" anywhere", wanted))).as(wanted).containsExactly(found);
        }
        assertThat(search(SearchQuery.headerContains(" texts", "r\u00e9union"))).isEmpty();
        assertThat(search(SearchQuery.headerContains(" anywhere", "Subject: RE\u0301UN"))).containsExactly(found);
    }

    @Test
    void whatIsTooMuchForTheIndexShouldNotBeWhole() throws Exception {
        long small = append("Subject: small\r\n\r\nx\r\n");
        append("Subject: large\r\n\r\n" + "0123456789\r\n".repeat(100_000));
        append("X: y\r\n".repeat(2_001) + "\r\nx\r\n");
        assertThat(search(SearchQuery.headerExists(" whole"))).containsExactly(small);
    }

    /** RFC 3501 section 6.4.4: TEXT is header and body, BODY is the body only. */
    @Test
    void bodyShouldNotFindWhatStandsInTheHeader() throws Exception {
        append("Subject: Quarterly report\r\n\r\nnothing\r\n");
        assertThat(search(bodyContains("Quarterly"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(value = {
        "Die Straße nach Köln|strasse", "Die Strasse nach Koeln|Straße", "Þetta er íslenska|islenska", "ОБЪЯВЛЕНИЕ о встрече|объявление",
        "ΟΔΥΣΣΕΥΣ|οδυσσεύς", "İstanbul'da toplantı|istanbul", "会议室预订成功|会议室", "カタカナとﾊﾝｶｸ|ハンカク", "회의실 예약|회의실",
        "اجتماع المَدينة غدا|المدينة", "פגישה מחר בבוקר|מחר", "naïve café|naive cafe", "emoji 🎉 party|party", "unfinish|unfin",
        "invoice number 20481|invoice number 20"}, delimiter = '|')
    void bodyShouldBeFoundInEveryLanguage(String body, String wanted) throws Exception {
        long found = append("Content-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n");
        append("Content-Type: text/plain; charset=utf-8\r\n\r\nsomething else 室会 議\r\n");
        assertThat(search(bodyContains(wanted))).containsExactly(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?", "a*b", "\\", "\"", "a\" OR uid:*", "{\"match_all\":{}}", "subject:*", "~1 && ||", "../_all",
        "[a TO z]", "\u0000", "\ud800"})
    void valuesShouldNeverBeReadAsQueries(String wanted) throws Exception {
        append("Subject: plain\r\n\r\nplain words\r\n");
        assertThat(search(subject(wanted))).isEmpty();
        assertThat(search(headerContains("X-" + wanted, wanted))).isEmpty();
        assertThat(search(SearchQuery.address(AddressType.From, wanted))).isEmpty();
        assertThat(search(mailContains(wanted))).isEmpty();
        assertThat(search(SearchQuery.flagIsSet(wanted))).isEmpty();
        assertThat(search(attachmentFileName(wanted))).isEmpty();
    }

    @Test
    void specialSignsShouldBeFoundLiterally() throws Exception {
        long found = append("Subject: 50% off * buy [now]? \\o/\r\n\r\nx\r\n");
        append("Subject: 50 off buy now\r\n\r\nx\r\n");
        assertThat(search(subject("off * buy"))).containsExactly(found);
        assertThat(search(subject("now]?"))).containsExactly(found);
        assertThat(search(subject("\\o/"))).containsExactly(found);
    }

    /** OpenSearch 2.18 would index for half a minute, and then not. */
    @ParameterizedTest
    @ValueSource(strings = {"Subject: plain\0x", "Subject: =?utf-8?q?plain=00x?=",
        "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"aaaa\0x\"\r\nSubject: plain"})
    void nulShouldNotKeepTheIndexFromWorking(String header) throws Exception {
        long found = append(header + "\r\n\r\nx\r\n");
        assertThat(search(subject("plain"))).containsExactly(found);
    }

    @Test
    void hugeValuesShouldNotFail() throws Exception {
        append("Subject: x\r\n\r\nx\r\n");
        assertThat(search(mailContains("word ".repeat(20_000)))).isEmpty();
        assertThat(search(subject("q".repeat(100_000)))).isEmpty();
    }

    @Test
    void headersShouldBeToldApart() throws Exception {
        long first = append("X-One: red\r\nX-Two: green\r\n\r\nx\r\n");
        long second = append("X-One: green\r\nX-One: blue\r\n\r\nx\r\n");
        assertThat(search(headerContains("x-one", "GREEN"))).containsExactly(second);
        assertThat(search(headerContains("X-One", "blue"))).containsExactly(second);
        assertThat(search(headerExists("X-Two"))).containsExactly(first);
        assertThat(search(headerExists("X-On"))).isEmpty();
        assertThat(search(not(headerContains("X-One", "red")))).containsExactly(second);
    }

    @Test
    void endOfLongHeaderShouldBeFound() throws Exception {
        String many = String.join(",\r\n ", IntStream.range(0, 1500).mapToObj(i -> "person" + i + "@example.org").toList());
        long found = append("To: " + many + "\r\nSubject: crowd\r\n\r\nx\r\n");
        assertThat(search(SearchQuery.address(AddressType.To, "person1499@example.org"))).containsExactly(found);
        for (int i = 250; i < 500; i++) {
            assertThat(search(SearchQuery.address(AddressType.To, "person" + i + "@example.org"))).hasSize(1);
        }
    }

    @Test
    void rawUtf8HeaderShouldBeFound() throws Exception {
        long found = append("Subject: Grüße aus Zürich\r\n\r\nx\r\n");
        assertThat(search(subject("grüße"))).containsExactly(found);
    }

    /** RFC 3501 section 6.4.4: SENTON, SENTBEFORE and SENTSINCE disregard time and timezone. */
    @ParameterizedTest
    @ValueSource(strings = {"Wed, 1 Jan 2020 23:59:00 -1200", "Wed, 1 Jan 2020 00:01:00 +1400", "Wed, 1 Jan 2020 12:00:00 +0000 (UTC)"})
    void sentDayShouldBeTheOneThatTheHeaderNames(String date) throws Exception {
        long found = append("Date: " + date + "\r\n\r\nx\r\n");
        assertThat(search(SearchQuery.sentDateOn(day("2020-01-01"), DateResolution.Day))).containsExactly(found);
        assertThat(search(SearchQuery.sentDateBefore(day("2020-01-01"), DateResolution.Day))).isEmpty();
        assertThat(search(SearchQuery.sentDateAfter(day("2020-01-01"), DateResolution.Day))).isEmpty();
        assertThat(search(SearchQuery.sentDateBefore(day("2020-01-02"), DateResolution.Day))).containsExactly(found);
        assertThat(search(SearchQuery.sentDateAfter(day("2019-12-31"), DateResolution.Day))).containsExactly(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "Wed, 31 Feb 2020 25:61:61 +9999", "Thu, 1 Jan 99999999 00:00:00 +0000", "(((((((((((",
        "\u0000"})
    void senselessDatesShouldNotKeepMessagesOut(String date) throws Exception {
        long found = append("Date: " + date + "\r\nSubject: undated\r\n\r\nx\r\n");
        assertThat(search(subject("undated"))).containsExactly(found);
        assertThat(search(SearchQuery.sentDateAfter(day("1990-01-01"), DateResolution.Day))).containsExactly(found);
    }

    @Test
    void internalDatesShouldBeComparedByDaysOfUtc() throws Exception {
        long last = appendAt(Instant.parse("2020-02-29T23:59:59Z"));
        long first = appendAt(Instant.parse("2020-03-01T00:00:00Z"));
        assertThat(search(SearchQuery.internalDateOn(day("2020-02-29"), DateResolution.Day))).containsExactly(last);
        assertThat(search(SearchQuery.internalDateAfter(day("2020-02-29"), DateResolution.Day))).containsExactly(first);
        assertThat(search(SearchQuery.internalDateBefore(day("2020-03-01"), DateResolution.Month))).containsExactly(last);
        assertThat(search(SearchQuery.internalDateOn(day("2020-12-31"), DateResolution.Year))).containsExactly(last, first);
    }

    /** RFC 5256 section 2.1 and 2.3: base subjects, by i;unicode-casemap; reversed exactly the other way round. */
    @Test
    void subjectsShouldBeSortedByTheirBase() throws Exception {
        long zebra = append("Subject: Re: [list] zebra\r\n\r\nx\r\n");
        long apple = append("Subject: fwd: APPLE (fwd)\r\n\r\nx\r\n");
        long eclair = append("Subject: =?utf-8?q?=C3=A9clair?=\r\n\r\nx\r\n");
        long none = append("X: y\r\n\r\nx\r\n");
        assertThat(sorted(new Sort(SortClause.BaseSubject))).containsExactly(none, apple, eclair, zebra);
        assertThat(sorted(new Sort(SortClause.BaseSubject, Order.REVERSE))).containsExactly(zebra, eclair, apple, none);
    }

    @Test
    void equalSortKeysShouldLeaveTheOrderOfTheMailbox() throws Exception {
        List<Long> all = List.of(append("Subject: a\r\n\r\nx\r\n"), append("Subject: A\r\n\r\nx\r\n"),
            append("Subject: Re: a\r\n\r\nx\r\n"));
        assertThat(sorted(new Sort(SortClause.BaseSubject), new Sort(SortClause.MailboxCc, Order.REVERSE))).isEqualTo(all);
    }

    @Test
    void manyUidsAndRangesShouldBeSearched() throws Exception {
        long found = append("Subject: x\r\n\r\nx\r\n");
        SearchQuery.UidRange[] ranges = IntStream.range(0, 5000)
            .mapToObj(i -> new SearchQuery.UidRange(MessageUid.of(i * 3 + 1))).toArray(SearchQuery.UidRange[]::new);
        assertThat(search(SearchQuery.uid(ranges), subject("x"))).containsExactly(found);
    }

    @Test
    void whatOpenSearchRefusesShouldBeAMailboxException() {
        List<Criterion> many = IntStream.range(0, 3000).mapToObj(i -> subject("x" + i)).toList();
        assertThatThrownBy(() -> search(SearchQuery.or(many))).hasCauseInstanceOf(MailboxException.class)
            .satisfies(failure -> assertThat(failure.getCause()).isNotInstanceOf(IndexUnavailableException.class));
    }

    private long append(String message) throws Exception {
        return append(MessageManager.AppendCommand.builder(), message);
    }

    private long appendAt(Instant arrived) throws Exception {
        return append(MessageManager.AppendCommand.builder().withInternalDate(Date.from(arrived)), "Subject: x\r\n\r\nx\r\n");
    }

    private long append(MessageManager.AppendCommand.Builder command, String message) throws Exception {
        return inbox.appendMessage(command.build(message.getBytes(StandardCharsets.UTF_8)), session).getId().getUid().asLong();
    }

    private List<Long> search(Criterion... criteria) throws Exception {
        return search(SearchQuery.of(criteria));
    }

    private List<Long> sorted(Sort... sorts) throws Exception {
        return search(SearchQuery.builder().andCriteria(SearchQuery.sizeGreaterThan(0)).sorts(sorts).build());
    }

    private List<Long> search(SearchQuery search) throws Exception {
        return Flux.from(inbox.search(search, session)).map(uid -> uid.asLong()).collectList().block();
    }

    private static Date day(String day) {
        return Date.from(Instant.parse(day + "T15:30:00Z"));
    }
}
