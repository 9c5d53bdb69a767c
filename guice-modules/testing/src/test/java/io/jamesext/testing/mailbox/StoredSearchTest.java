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
package io.jamesext.testing.mailbox;

import static org.apache.james.mailbox.model.SearchQuery.attachmentFileName;
import static org.apache.james.mailbox.model.SearchQuery.bodyContains;
import static org.apache.james.mailbox.model.SearchQuery.mailContains;
import static org.apache.james.mailbox.model.SearchQuery.sizeGreaterThan;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MultimailboxesSearchQuery;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Sort;
import org.apache.james.mailbox.model.SearchQuery.Sort.Order;
import org.apache.james.mailbox.model.SearchQuery.Sort.SortClause;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.core.publisher.Flux;

/** Searches through James's mailbox layer on Cassandra, answered by OpenSearch. */
@CassandraOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class StoredSearchTest {
    private MailboxSession session;
    private TestJames james;
    private MessageManager mailbox;

    @BeforeAll
    void fill() throws Exception {
        james = TestJames.create();
        session = james.session(TestJames.ALICE);
        MailboxPath path = MailboxPath.forUser(TestJames.ALICE, "search-" + UUID.randomUUID());
        james.mailboxManager().createMailbox(path, session);
        mailbox = james.mailboxManager().getMailbox(path, session);
        append("2024-05-02T10:00:00Z", "From: Zoe <c@example.org>\nTo: z@example.org\nCc: m@example.org\nSubject: Re: banana\n"
            + "Date: Wed, 3 Jan 2024 10:00:00 +0000\n\n" + "fruit ".repeat(500));
        append("2024-05-03T10:00:00Z", "From: a@example.org\nTo: y@example.org\nCc: k@example.org\nSubject: apple\n"
            + "Date: Mon, 1 Jan 2024 10:00:00 +0000\nX-Mark: quality street\n\nfruit");
        append("2024-05-01T10:00:00Z", "From: b@example.org\nTo: x@example.org\nCc: l@example.org\nSubject: [fwd: cherry]\n"
            + "Date: Tue, 2 Jan 2024 10:00:00 +0000\nContent-Type: application/rtf; name=basket.rtf\n"
            + "Content-Disposition: attachment; filename=basket.rtf\n\n"
            + "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 sour pickles\\par}\n");
    }

    @ParameterizedTest
    @CsvSource({"Arrival,3 1 2", "MailboxCc,2 3 1", "MailboxFrom,2 3 1", "MailboxTo,3 2 1", "BaseSubject,2 1 3", "Size,2 3 1",
        "SentDate,2 3 1", "Uid,1 2 3"})
    void sortsShouldBeServedByTheIndex(SortClause clause, String expected) throws Exception {
        List<String> order = List.of(expected.split(" "));
        assertThat(search(sorted(clause, Order.NATURAL))).isEqualTo(order);
        assertThat(search(sorted(clause, Order.REVERSE))).containsExactly(order.get(2), order.get(1), order.get(0));
    }

    @Test
    void textShouldBeFoundInHeadersBodiesAndAttachments() throws Exception {
        assertThat(search(SearchQuery.of(mailContains("quality street")))).containsExactly("2");
        assertThat(search(SearchQuery.of(mailContains("Zoe <c@")))).containsExactly("1");
        assertThat(search(SearchQuery.of(mailContains("sour pickles")))).containsExactly("3");
        assertThat(search(SearchQuery.of(bodyContains("quality street")))).isEmpty();
        assertThat(search(SearchQuery.of(attachmentFileName("basket")))).containsExactly("3");
        assertThat(search(SearchQuery.of(SearchQuery.hasAttachment()))).containsExactly("3");
    }

    @Test
    void severalMailboxesShouldBeSearched() throws Exception {
        assertThat(Flux.from(james.mailboxManager().search(MultimailboxesSearchQuery.from(SearchQuery.of(mailContains("fruit")))
            .inMailboxes(mailbox.getId()).build(), session, 10)).collectList().block()).hasSize(2);
    }

    private void append(String arrived, String message) throws Exception {
        mailbox.appendMessage(MessageManager.AppendCommand.builder().withInternalDate(Date.from(Instant.parse(arrived)))
            .build(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), session);
    }

    private static SearchQuery sorted(SortClause clause, Order order) {
        return SearchQuery.builder().andCriteria(sizeGreaterThan(0)).sorts(new Sort(clause, order)).build();
    }

    private List<String> search(SearchQuery search) throws Exception {
        return Flux.from(mailbox.search(search, session)).map(MessageUid::asLong).map(String::valueOf).collectList().block();
    }
}
