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
package io.jamesext.ximss.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.mail.Multipart;
import javax.mail.internet.MimeUtility;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.rule.Rule.Action;
import io.jamesext.ximss.rule.Rule.Condition;
import io.jamesext.ximss.table.Replacements;

/** What James's own Sieve mailet does with a message when there is a rule: each condition and each action. */
class RuleExecutionTest {
    private static final String MESSAGE = """
        From: "The Boss" <Boss@Work.example>
        Sender: secretary@work.example
        Reply-To: office@work.example, desk@work.example
        To: alice@example.org, "Team, all" <team@work.example>
        Cc: carol@work.example
        Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= about
         "sales" \\ 50% off?
        Message-ID: <one@work.example>
        X-Spam-Flag: YES, maybe

        Text
        """;
    private static final String LIST = "From: a@b.example\nTo: alice@example.org\nList-Id: <list.b.example>\nSubject: news\n\nText\n";
    private static final List<Action> FILE = List.of(new Action("Store in", "Filed"), new Action("Discard", ""));

    private SieveDelivery james;
    private MailRules rules;
    private MaybeSender sender;

    @BeforeEach
    void setUp() throws Exception {
        TestJames test = TestJames.create();
        james = new SieveDelivery(test);
        rules = new MailRules(test.scripts(), Replacements.on(test.cassandra().map(SideTables::create), Replacements.LEASE));
        sender = MaybeSender.getMailSender("bounces@work.example");
    }

    private static Rule rule(String name, int priority, List<Condition> conditions, List<Action> actions) {
        return new Rule(name, new Priority(priority), ImmutableList.copyOf(conditions), ImmutableList.copyOf(actions), Optional.empty());
    }

    private void set(Rule... all) {
        rules.set(TestJames.ALICE, old -> List.of(all)).block();
    }

    private boolean isFiled(String message) throws Exception {
        long before = james.mailboxes(TestJames.ALICE).getOrDefault("Filed", 0L);
        james.deliver(sender, message, TestJames.ALICE);
        assertThat(james.sent()).isEmpty();
        return james.mailboxes(TestJames.ALICE).getOrDefault("Filed", 0L) > before;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        From            | is      | boss@work.example                       | true
        From            | is      | BOSS*                                   | true
        From            | is      | *@work.example                          | true
        From            | is      | *work*                                  | true
        From            | is      | b*s@work.example                        | true
        From            | is      | *                                       | true
        From            | is      | work                                    | false
        From            | is      | The Boss                                | false
        From            | is not  | boss@work.example                       | false
        From            | is not  | *@home.example                          | true
        From            | in      | a@b, boss@work.example ,, c@d*          | true
        From            | in      | a@b,c@d                                 | false
        From            | not in  | a@b,*@work.example                      | false
        from            | NOT IN  | a@b,c@d                                 | true
        Sender          | is      | secretary@work.example                  | true
        Sender          | is      | boss@work.example                       | false
        Return-Path     | is      | bounces@*                               | true
        Return-Path     | is not  | bounces@*                               | false
        To              | is      | alice@example.org                       | true
        To              | is      | team@work.example                       | true
        To              | is      | carol@work.example                      | false
        Cc              | is      | carol@work.example                      | true
        Any To or Cc    | is      | carol@*                                 | true
        Any To or Cc    | in      | x@y,alice@*                             | true
        Any To or Cc    | is      | boss@work.example                       | false
        Each To or Cc   | is not  | dave@*                                  | true
        Each To or Cc   | not in  | x@y,alice@*                             | false
        Reply-To        | is      | desk@work.example                       | true
        Reply-To        | is not  | desk@work.example                       | false
        Subject         | is      | Grüße about "sales" \\ 50% off?         | true
        Subject         | is      | grÜSSe about*                           | true
        Subject         | is      | *"SALES" \\*                            | true
        Subject         | is      | *\\ 50% off?                            | true
        Subject         | is      | *50% off.                               | false
        Subject         | is      | *off!                                   | false
        Subject         | is      | *5?%*                                   | false
        Subject         | is not  | *sales*                                 | false
        Subject         | in      | *offers*,*sales*                        | true
        Message-ID      | is      | *@work.example>                         | true
        Message Size    | greater than | 100                                | true
        Message Size    | less than    | 1K                                 | true
        Message Size    | less than    | 100                                | false
        Message Size    | is           | 100                                | false
        Message Size    | is not       | 100                                | true
        Human Generated | ''      | ''                                      | true
        Human Generated | ---     | ''                                      | true
        Header Field    | is      | X-Spam-Flag: yes*                       | true
        Header Field    | is      | x-spam-flag:*maybe                      | true
        Header Field    | is      | X-Spam-Flag: no                         | false
        Header Field    | is      | X-Spam: *                               | false
        Header Field    | is not  | X-Spam: *                               | true
        Header Field    | in      | X-A: 1,X-Spam-Flag: yes*                | true
        """)
    void conditionShouldBeTested(String opCode, String operator, String text, boolean met) throws Exception {
        Condition condition = new Condition(opCode, Optional.of(operator), text.replace("\\\\", "\\"));
        set(rule("one", 5, List.of(condition), FILE));
        assertThat(isFiled(MESSAGE)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"is, *Grüße*, true", "is, Viele Grüße 😀, true", "in, 'nein,Viele*', true", "is not, *😀, false", "is, *Gruße*, false"})
    void headerInPlainUtf8ShouldBeRead(String operator, String text, boolean met) throws Exception {
        set(rule("one", 5, List.of(new Condition("Subject", Optional.of(operator), text)), FILE));
        assertThat(isFiled("From: a@b.example\nSubject: Viele Grüße 😀\n\nText\n")).isEqualTo(met);
    }

    @Test
    void whatIsNotThereShouldNotBeEqual() throws Exception {
        set(rule("is", 5, List.of(new Condition("Sender", Optional.of("is"), "*")), FILE));
        assertThat(isFiled(LIST)).isFalse();
        set(rule("is not", 5, List.of(new Condition("Sender", Optional.of("is not"), "a@b")), FILE));
        assertThat(isFiled(LIST)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        List-Id: <l.b.example>          | false
        Precedence: Bulk                | false
        Auto-Submitted: auto-generated  | false
        Auto-Submitted: no              | true
        X-Mailing-List: l               | false
        X-Mailer: people                | true
        """)
    void programsShouldNotBeHuman(String header, boolean human) throws Exception {
        set(rule("one", 5, List.of(new Condition("Human Generated", Optional.empty(), "")), FILE));
        assertThat(isFiled("From: a@b.example\n" + header + "\n\nText\n")).isEqualTo(human);
    }

    @Test
    void nobodyShouldNotBeHuman() throws Exception {
        set(rule("one", 5, List.of(new Condition("Human Generated", Optional.empty(), "")), FILE));
        sender = MaybeSender.nullSender();
        assertThat(isFiled("From: a@b.example\n\nText\n")).isFalse();
    }

    @Test
    void allConditionsShouldHaveToBeMet() throws Exception {
        Condition from = new Condition("From", Optional.of("is"), "boss@*");
        set(rule("one", 5, List.of(from, new Condition("Subject", Optional.of("is"), "*sales*")), FILE));
        assertThat(isFiled(MESSAGE)).isTrue();
        set(rule("one", 5, List.of(from, new Condition("Subject", Optional.of("is"), "*holidays*")), FILE));
        assertThat(isFiled(MESSAGE)).isFalse();
    }

    @Test
    void noConditionShouldBeMetByAll() throws Exception {
        set(rule("one", 5, List.of(), FILE));
        assertThat(isFiled(LIST)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        is | me@home.example   | me@home.example <me@home.example>    | true
        is | *@home.example    | me@home.example <me@home.example>    | true
        is | me@*              | me@home.example <me@home.example>    | true
        is | a@b               | me@home.example <me@home.example>    | false
        is | *                 | Joe @ home                           | true
        is | c@d.example       | a@b.example, c@d.example, e@f        | true
        is | d.example         | a@b.example, c@d.example             | false
        is | Me*               | "Me too" <a@b.example>               | false
        is | *example          | a@b.example (from example)           | true
        is | *                 | undisclosed-recipients:;             | false
        """)
    void headerThatIsNoAddressShouldNotBreakTheRules(String operator, String text, String from, boolean met) throws Exception {
        set(rule("one", 5, List.of(new Condition("From", Optional.of(operator), text)), FILE));
        assertThat(isFiled("From: " + from + "\n\nText\n")).isEqualTo(met);
    }

    @Test
    void nothingInATextShouldLeaveItsString() throws Exception {
        String[] pieces = {"\"", "\\", "\"; discard; #", "\\u0022", "\\\\u0022; stop;", "u0022", "/*", "*/", "text:", ".", "?", "]",
            ")", "{", "}", "ü", "😀", "\u2028", "'", "${x}", "a", " b"};
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            // An asterisk would be no text, and white space at the ends does not count.
            String text = random.ints(1 + random.nextInt(6), 0, pieces.length).mapToObj(n -> pieces[n])
                .collect(Collectors.joining("", "-", "")).replace("*", "+").strip();
            String how = "seed " + seed + ": " + text;
            set(rule("is", 9, List.of(new Condition("Subject", Optional.of("is"), text)), FILE),
                rule("rest", 5, List.of(new Condition("Subject", Optional.of("is"), "<" + text + "*")), FILE));
            assertThat(isFiled(subject(text))).as(how).isTrue();
            assertThat(isFiled(subject("<" + text + ">"))).as(how).isTrue();
            assertThat(isFiled(subject(text + "x"))).as(how).isFalse();
        }
    }

    private static String subject(String text) throws Exception {
        return "From: a@b.example\nSubject: " + MimeUtility.encodeText(text, "UTF-8", "B").replace("\r\n", "\n") + "\n\nText\n";
    }

    @Test
    void rejectedMessageShouldComeBackWithTheText() throws Exception {
        String text = "No \"thanks\" \\ stop;\n.\ntext:\n} discard; ü";
        set(rule("one", 5, List.of(), List.of(new Action("Reject with", text))));
        james.deliver(sender, "Message-ID: <one@b.example>\n" + LIST, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEmpty();
        assertThat(james.sent()).hasSize(1);
        assertThat(james.sent().get(0).getRecipients()).containsExactly(new MailAddress("a@b.example"));
        assertThat(james.sent().get(0).getSender()).isNull();
        Multipart report = (Multipart) james.sent().get(0).getMsg().getContent();
        assertThat((String) report.getBodyPart(0).getContent()).endsWith(text.replace("\n", "\r\n"));
    }

    @Test
    void messageFromNobodyShouldBeRejectedWithoutAReport() throws Exception {
        set(rule("one", 5, List.of(), List.of(new Action("Reject with", "No"), new Action("Discard", ""))));
        james.deliver(MaybeSender.nullSender(), LIST, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEmpty();
        assertThat(james.sent()).isEmpty();
    }

    /** James fails there, and would then not apply the other rules either. */
    @Test
    void messageThatCannotBeReportedOnShouldBeKept() throws Exception {
        set(rule("one", 5, List.of(), List.of(new Action("Reject with", "No"))), rule("two", 4, List.of(), FILE));
        james.deliver(sender, LIST, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEqualTo(Map.of("INBOX", 1L));
        assertThat(james.sent()).isEmpty();
    }

    @Test
    void mirroredMessageShouldGoOnAsItIs() throws Exception {
        set(rule("one", 5, List.of(), List.of(new Action("Mirror to", "carol@home.example"), new Action("Discard", ""))));
        james.deliver(sender, MESSAGE, TestJames.ALICE, TestJames.BOB);
        assertThat(james.mailboxes(TestJames.ALICE)).isEmpty();
        assertThat(james.mailboxes(TestJames.BOB)).isEqualTo(Map.of("INBOX", 1L));
        assertThat(james.sent()).hasSize(1);
        assertThat(james.sent().get(0).getRecipients()).containsExactly(new MailAddress("carol@home.example"));
        assertThat(james.sent().get(0).getSender()).isEqualTo(sender.get());
        assertThat(james.sent().get(0).getMsg().getMessageID()).isEqualTo("<one@work.example>");
    }

    @Test
    void discardedMessageShouldBeNowhere() throws Exception {
        set(rule("one", 5, List.of(), List.of(new Action("Discard", ""), new Action("Stop Processing", ""))));
        james.deliver(sender, MESSAGE, TestJames.ALICE, TestJames.BOB);
        assertThat(james.mailboxes(TestJames.ALICE)).isEmpty();
        assertThat(james.mailboxes(TestJames.BOB)).isEqualTo(Map.of("INBOX", 1L));
        assertThat(james.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Filed, Filed", "Filed.Deep.er, Filed.Deep.er", "inbox, INBOX", "Grüße & \"more\" \\, Grüße & \"more\" \\"})
    void messageShouldBeStoredWhereTheRuleSays(String text, String mailbox) throws Exception {
        set(rule("one", 5, List.of(), List.of(new Action("store IN", text), new Action("Discard", ""))));
        james.deliver(sender, MESSAGE, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEqualTo(Map.of(mailbox, 1L));
    }

    @Test
    void higherPriorityShouldComeFirstAndEndTheRules() throws Exception {
        List<Action> elsewhere = List.of(new Action("Store in", "Elsewhere"), new Action("Discard", ""));
        set(rule("a", 3, List.of(), elsewhere), rule("b", 7, List.of(), FILE), rule("c", 0, List.of(), List.of(new Action("Discard", ""))));
        assertThat(isFiled(MESSAGE)).isTrue();
        set(rule("a", 3, List.of(), elsewhere), rule("b", 10, List.of(), List.of(new Action("Stop Processing", ""))));
        james.deliver(sender, MESSAGE, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEqualTo(Map.of("Filed", 1L, "INBOX", 1L));
        // where no rule is met, the next one has its turn
        Condition never = new Condition("Subject", Optional.of("is"), "never");
        set(rule("a", 3, List.of(), elsewhere), rule("b", 7, List.of(never), FILE));
        james.deliver(sender, MESSAGE, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEqualTo(Map.of("Filed", 1L, "INBOX", 1L, "Elsewhere", 1L));
    }

    @Test
    void noRuleShouldLeaveAllInTheInbox() throws Exception {
        set();
        james.deliver(sender, MESSAGE, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEqualTo(Map.of("INBOX", 1L));
        assertThat(james.sent()).isEmpty();
    }

    @Test
    void eachUserShouldHaveTheirOwnRules() throws Exception {
        set(rule("one", 5, List.of(), FILE));
        james.deliver(sender, MESSAGE, TestJames.BOB, TestJames.ALICE);
        assertThat(james.mailboxes(TestJames.ALICE)).isEqualTo(Map.of("Filed", 1L));
        assertThat(james.mailboxes(TestJames.BOB)).isEqualTo(Map.of("INBOX", 1L));
    }

    /** The longest there can be, in a header field as long as James takes. */
    @Test
    void manyPicturesShouldNotTakeLong() throws Exception {
        String many = IntStream.range(0, 50).mapToObj(i -> "a" + i + "*b").collect(Collectors.joining(","));
        List<Condition> conditions = IntStream.range(0, 20).mapToObj(i -> new Condition("Subject", Optional.of("not in"), many)).toList();
        set(rule("one", 5, conditions, FILE));
        assertTimeout(Duration.ofSeconds(20), () ->
            assertThat(isFiled("From: a@b.example\nSubject: " + "a1".repeat(100_000) + "\n\nText\n")).isTrue());
    }
}
