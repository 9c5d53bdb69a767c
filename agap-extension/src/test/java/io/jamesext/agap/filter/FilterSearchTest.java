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
package io.jamesext.agap.filter;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.mailbox.model.SearchQuery;
import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.agap.change.Aliases;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.item.Item;
import io.jamesext.agap.item.Items;
import io.jamesext.agap.tag.Tag;
import io.jamesext.agap.tag.Tags;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** Filters of all shapes on mail of all kinds, also broken: what is searched, skipped and read in parts must change no result. */
@BothBackends
class FilterSearchTest {
    private static final String[] TAGS = {"SEEN", "SPAM", "SPAM=YES", "FLAG=red", "FLAG=RED", "FLAG", "NEW", "NEW=x", "OTHER"};
    private static final String[] UIDS = {"00000001", "00000002:00000005", "3:00000004", "00000004:zzzzzzzzz", "9", "00000005:00000002",
        "000000001", "0000000A:0000000Z", "00000007:zzzzzzzz"};
    private static final String[] FIELDS = {"/MESSAGE/HEADER/subject", "header/SUBJECT", "/HEADER/x-odd", "/MESSAGE/HEADER/X-List{2}",
        "/MESSAGE/HEADER/X-List[1]", "/MESSAGE/TEXT", "MESSAGE/BODY", "/MESSAGE/ATTACHMENT-1/BODY",
        "/MESSAGE/ATTACHMENT-1/HEADER/content-type", "/VCARD/FN", "/MESSAGE/HEADER/nothing", "header/x_x005F_y"};
    private static final String[] TEXTS = {"Quarterly report", "Quarterly report (final)", "Quarterly", "=?UTF-8?Q?Quarterly_report?=",
        "=?UTF-8?Q?Quarterly?= report", "quarterly report", "the", "report,second", "second", "first, quarterly; report", "Über report",
        "report\rdraft", "a \"quoted\" report\\", "*report*", "reports' summary@example.com", "2010", "text/plain"};
    private static final String[] EXPRESSIONS = {"report", "^Quarterly", "[Rr]eport$", "x*", "^$", "\\\\bthe\\\\b"};
    private static final int MESSAGES = 50;
    private static final int FILTERS = 400;
    private static final String[] OPERATORS = {"=", "=", "=", "!=", "<", ">="};

    private final Random random = new Random(431);

    private <T> T any(T[] some) {
        return some[random.nextInt(some.length)];
    }

    private String test() {
        String text = any(TEXTS).replace("\r", "").replace("\\", "\\\\").replace("'", "\\'");
        return switch (random.nextInt(5)) {
            case 0 -> "TAG " + any(TAGS);
            case 1 -> "UID " + any(UIDS);
            case 2 -> "REGEX " + any(FIELDS) + (random.nextBoolean() ? " = '" : " != '") + any(EXPRESSIONS) + "'";
            default -> "IS " + any(FIELDS) + " " + any(OPERATORS) + " '" + text + "'";
        };
    }

    private String filter(int depth) {
        StringBuilder filter = new StringBuilder(random.nextBoolean() ? "AND (" : "OR (");
        for (int number = 1 + random.nextInt(3); number > 0; number--) {
            filter.append(random.nextInt(4) == 0 ? " NOT " : " ").append(depth == 0 || random.nextBoolean() ? test() : filter(depth - 1));
        }
        return filter + " )";
    }

    /** Some have no end of the header that James could see, some no header, some no sense. */
    private byte[] message() {
        StringBuilder message = new StringBuilder();
        for (int fields = random.nextInt(4); fields > 0; fields--) {
            message.append(any(new String[] {"Subject", "subject", "X-Odd", "X-List", "x_y"})).append(random.nextInt(6) == 0 ? ":" : ": ")
                .append(random.nextInt(3) == 0 ? any(TEXTS).replace(" ", "\r\n ") : any(TEXTS)).append("\r\n");
        }
        String body = any(TEXTS);
        if (random.nextInt(4) == 0) {
            message.append("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n").append(body)
                .append("\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n")
                .append(any(TEXTS)).append("\r\n--b--\r\n");
        } else if (random.nextInt(8) > 0) {
            message.append("\r\n").append(body).append("\r\n");
        }
        String whole = random.nextInt(6) == 0 ? message.toString().replace("\r\n", "\n") : message.toString();
        return whole.getBytes(StandardCharsets.UTF_8);
    }

    /** The same without any search, from the whole of each message. */
    private static List<MessageUid> meant(Rule rule, List<MessageResult> all) throws Exception {
        List<MessageUid> meant = new ArrayList<>();
        for (MessageResult found : all) {
            Item item = Items.form(FolderType.MESG, found).call();
            Facts facts = new Facts(found.getUid(), found.getFlags(), path -> Optional.of(item.values(path)));
            if (rule.verdict(facts) == Verdict.YES) {
                meant.add(found.getUid());
            }
        }
        return meant;
    }

    @Test
    void filtersShouldFindWhatTheyMean() throws Exception {
        TestJames james = TestJames.create();
        MailboxSession session = james.session(ALICE);
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(session), session);
        Matches.Place place = new Matches.Place(inbox, FolderType.MESG, Aliases.NONE);
        for (int i = 0; i < MESSAGES; i++) {
            MessageUid uid = inbox.appendMessage(AppendCommand.builder().build(message()), session).getId().getUid();
            Flags flags = new Flags();
            for (int tags = random.nextInt(4); tags > 0; tags--) {
                flags.add(Tags.flags(Tag.parse(TAGS[random.nextInt(6)]).orElseThrow()));
            }
            inbox.setFlags(flags, FlagsUpdateMode.ADD, MessageRange.one(uid), session);
        }
        List<MessageResult> all = Flux.from(inbox.getMessagesReactive(MessageRange.all(), FetchGroup.FULL_CONTENT, session))
            .collectSortedList().block();

        int searched = 0;
        int matched = 0;
        for (int i = 0; i < FILTERS; i++) {
            String filter = filter(2);
            Rule rule = FilterReader.read(filter);
            List<MessageUid> meant = meant(rule, all);
            assertThat(found(true, rule, place, session)).as("%s", filter).isEqualTo(meant);
            assertThat(found(false, rule, place, session)).as("%s without a search", filter).isEqualTo(meant);
            Optional<SearchQuery> query = Narrowing.query(rule);
            searched += query.isPresent() ? 1 : 0;
            matched += meant.isEmpty() ? 0 : 1;
        }
        assertThat(searched).as("filters that James was searched for").isGreaterThan(FILTERS / 10);
        assertThat(matched).as("filters that found something").isGreaterThan(FILTERS / 3);
    }

    /** The third message is the first item: DATT has written it anew, and the first message is still there. */
    @Test
    void messagesShouldBeFoundByTheUidsOfTheirItems() throws Exception {
        TestJames james = TestJames.create();
        MailboxSession session = james.session(ALICE);
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(session), session);
        List<MessageUid> uids = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            uids.add(MessageUid.of(james.append(ALICE, "INBOX", "Subject: number " + i + "\n\nx\n")));
        }
        Matches.Place place = new Matches.Place(inbox, FolderType.MESG, new Aliases(ImmutableMap.of(uids.get(2), uids.get(0))));
        String first = ItemUid.format(uids.get(0));
        String third = ItemUid.format(uids.get(2));

        assertThat(found("UID " + first, place, session)).containsExactly(uids.get(0), uids.get(2));
        assertThat(found("UID " + third, place, session)).isEmpty();
        assertThat(found("UID " + first + ":" + third, place, session)).containsExactly(uids.get(0), uids.get(1), uids.get(2));
        assertThat(found("UID " + third + ":zzzzzzzz", place, session)).containsExactly(uids.get(3));
        assertThat(found("UID " + first + " IS header/subject = 'number 3'", place, session)).containsExactly(uids.get(2));
    }

    private static List<MessageUid> found(String filter, Matches.Place place, MailboxSession session) {
        return found(true, FilterReader.read(filter), place, session);
    }

    private static List<MessageUid> found(boolean isIndexed, Rule rule, Matches.Place place, MailboxSession session) {
        return new Matches(isIndexed).of(rule, place, session).collectList().block();
    }

    @Test
    void filtersOfManyRulesShouldBeAnswered() throws Exception {
        TestJames james = TestJames.create();
        MailboxSession session = james.session(ALICE);
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(session), session);
        Matches.Place place = new Matches.Place(inbox, FolderType.MESG, Aliases.NONE);
        james.append(ALICE, "INBOX", "Subject: number 77 of them\n\nx\n");
        StringBuilder filter = new StringBuilder("OR");
        for (int i = 0; i < 250; i++) {
            filter.append(" TAG T").append(i).append(" IS header/subject = 'number ").append(i).append(" of them'");
        }

        assertThat(found(filter.toString(), place, session)).isEqualTo(ImmutableList.of(MessageUid.of(1)));
    }
}
