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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.james.core.MaybeSender;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.sieverepository.api.ScriptContent;
import org.apache.james.sieverepository.api.ScriptName;
import org.apache.james.sieverepository.api.SieveRepository;
import org.apache.james.sieverepository.api.exception.ScriptNotFoundException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.rule.Rule.Action;
import io.jamesext.ximss.rule.Rule.Condition;
import io.jamesext.ximss.table.Replacements;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rules of users in James's Sieve repository, beside what ManageSieve does there. */
@BothBackends
class MailRulesTest {
    private static final ScriptName OURS = new ScriptName(MailRules.SCRIPT);
    private static final ScriptName OWN = new ScriptName("own");

    private TestJames james;
    private SieveRepository scripts;
    private Replacements claims;
    private MailRules rules;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        scripts = james.scripts();
        claims = Replacements.on(james.cassandra().map(SideTables::create), Replacements.LEASE);
        rules = new MailRules(scripts, claims);
    }

    private static Rule rule(String name, int priority) {
        return new Rule(name, new Priority(priority), ImmutableList.of(new Condition("From", Optional.of("is"), "a@b")),
            ImmutableList.of(new Action("Discard", "")), Optional.empty());
    }

    private Mono<Void> add(Rule... more) {
        return rules.set(TestJames.ALICE, old -> Stream.concat(old.stream(), Stream.of(more)).toList());
    }

    private UserRules rules() {
        return rules.of(TestJames.ALICE).block();
    }

    private String active() throws Exception {
        try (InputStream in = scripts.getActive(TestJames.ALICE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String script() throws Exception {
        try (InputStream in = scripts.getScript(TestJames.ALICE, OURS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void shouldFail(ThrowingCallable call, Failure failure, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProtocolException.class, refused -> {
            assertThat(refused.failure()).isEqualTo(failure);
            assertThat(refused.getMessage()).contains(text);
        });
    }

    @Test
    void ruleShouldBeReadAsItWasSet() {
        Rule rule = new Rule("<&\"'> Grüße 😀", Priority.MIDDLE,
            ImmutableList.of(new Condition("from", Optional.of("IS"), "  a@b \\ \" "),
                new Condition("Human Generated", Optional.empty(), "")),
            ImmutableList.of(new Action("REJECT With", "one\r\ntwo\n\t]]> &amp; */ \""), new Action("Discard", " ")),
            Optional.of("# a note\nwith \u00A0 lines"));
        add(rule).block();
        assertThat(rules()).isEqualTo(new UserRules(List.of(rule), true));
        assertThat(rules.of(TestJames.BOB).block()).isEqualTo(new UserRules(List.of(), false));
    }

    @Test
    void rulesShouldBeListedAsTheyAreApplied() {
        add(rule("c", 5), rule("b", 10), rule("d", 0), rule("a", 5)).block();
        assertThat(rules().rules()).extracting(Rule::name).containsExactly("b", "a", "c", "d");
    }

    @Test
    void anotherActiveScriptShouldNotBeDeactivated() throws Exception {
        scripts.putScript(TestJames.ALICE, OWN, new ScriptContent("keep;"));
        scripts.setActive(TestJames.ALICE, OWN);
        shouldFail(() -> add(rule("one", 5)).block(), Failure.CONFLICT, "another Sieve script is active");
        assertThat(active()).isEqualTo("keep;");
        assertThat(rules().rules()).isEmpty();
        scripts.setActive(TestJames.ALICE, SieveRepository.NO_SCRIPT_NAME);
        add(rule("one", 5)).block();
        assertThat(active()).isEqualTo(script());
        try (InputStream own = scripts.getScript(TestJames.ALICE, OWN)) {
            assertThat(own.readAllBytes()).asString().isEqualTo("keep;");
        }
    }

    @Test
    void rulesShouldBeShownAsInactiveWhileAnotherScriptIsActive() throws Exception {
        add(rule("one", 5), rule("two", 7)).block();
        scripts.putScript(TestJames.ALICE, OWN, new ScriptContent("keep;"));
        scripts.setActive(TestJames.ALICE, OWN);
        assertThat(rules().areApplied()).isFalse();
        assertThat(rules().priority(rules().rules().get(0))).isEqualTo(Priority.NONE);
        // what only renames or removes activates nothing
        rules.change(TestJames.ALICE, old -> List.of(rule("two", 7))).block();
        assertThat(active()).isEqualTo("keep;");
        assertThat(rules().rules()).containsExactly(rule("two", 7));
        scripts.setActive(TestJames.ALICE, OURS);
        assertThat(rules()).isEqualTo(new UserRules(List.of(rule("two", 7)), true));
    }

    @Test
    void changeShouldLeaveTheScriptActive() throws Exception {
        add(rule("one", 5), rule("two", 7)).block();
        rules.change(TestJames.ALICE, old -> List.of(rule("two", 7))).block();
        assertThat(rules()).isEqualTo(new UserRules(List.of(rule("two", 7)), true));
        rules.change(TestJames.ALICE, old -> List.of()).block();
        assertThat(rules()).isEqualTo(new UserRules(List.of(), true));
    }

    @Test
    void scriptThatWasChangedOutsideShouldNeitherBeLostNorMisreported() throws Exception {
        add(rule("one", 5)).block();
        String changed = script().replace("discard", "keep");
        scripts.putScript(TestJames.ALICE, OURS, new ScriptContent(changed));
        scripts.setActive(TestJames.ALICE, OURS);
        shouldFail(this::rules, Failure.CONFLICT, "changed outside");
        shouldFail(() -> add(rule("two", 5)).block(), Failure.CONFLICT, "changed outside");
        shouldFail(() -> rules.change(TestJames.ALICE, old -> List.of()).block(), Failure.CONFLICT, "changed outside");
        assertThat(script()).isEqualTo(changed);
        for (String other : List.of("keep;", "", "# XIMSS rules 1 sha256:", "x".repeat(400_000))) {
            scripts.setActive(TestJames.ALICE, SieveRepository.NO_SCRIPT_NAME);
            scripts.putScript(TestJames.ALICE, OURS, new ScriptContent(other + " "));
            shouldFail(this::rules, Failure.CONFLICT, "changed outside");
        }
    }

    /** Whoever writes one can compute its digest. */
    @Test
    void forgedScriptShouldBeNoRules() throws Exception {
        for (String forged : List.of("keep;\r\n", "# rules: %%%\r\n", "# rules: PHJ1bGVz\r\n",
                "# rules: PHJ1bGVzPjxydWxlLz48L3J1bGVzPg==\r\n")) {
            String script = "# XIMSS rules 1 sha256:" + Hashing.sha256().hashString(forged, StandardCharsets.UTF_8) + "\r\n" + forged;
            scripts.putScript(TestJames.ALICE, OURS, new ScriptContent(script));
            shouldFail(this::rules, Failure.CONFLICT, "changed outside");
        }
    }

    @Test
    void otherLineEndsShouldBeNoChange() throws Exception {
        add(rule("one", 5)).block();
        scripts.putScript(TestJames.ALICE, OURS, new ScriptContent(script().replace("\r\n", "\n")));
        assertThat(rules().rules()).containsExactly(rule("one", 5));
    }

    @Test
    void scriptThatWasRemovedOutsideShouldLeaveNoRules() throws Exception {
        add(rule("one", 5)).block();
        scripts.setActive(TestJames.ALICE, SieveRepository.NO_SCRIPT_NAME);
        scripts.deleteScript(TestJames.ALICE, OURS);
        assertThat(rules()).isEqualTo(new UserRules(List.of(), false));
        add(rule("two", 5)).block();
        assertThat(rules().rules()).containsExactly(rule("two", 5));
    }

    @Test
    void quotaOfScriptsShouldHold() throws Exception {
        scripts.setQuota(TestJames.ALICE, QuotaSizeLimit.size(10));
        shouldFail(() -> add(rule("one", 5)).block(), Failure.OVER_QUOTA, "quota");
        assertThat(rules().rules()).isEmpty();
        assertThatThrownBy(this::active).isInstanceOf(ScriptNotFoundException.class);
        scripts.removeQuota(TestJames.ALICE);
        add(rule("one", 5)).block();
    }

    @Test
    void rulesShouldNotBeTooMany() {
        Rule[] many = IntStream.range(0, 100).mapToObj(i -> rule("rule " + i, 5)).toArray(Rule[]::new);
        add(many).block();
        shouldFail(() -> add(rule("one more", 5)).block(), Failure.TOO_BIG, "100");
        assertThat(rules().rules()).hasSize(100);
        Rule[] long_ = IntStream.range(0, 40).mapToObj(i -> new Rule("rule " + i, Priority.MIDDLE, ImmutableList.of(),
            ImmutableList.of(new Action("Reject with", "x".repeat(2048))), Optional.empty())).toArray(Rule[]::new);
        shouldFail(() -> rules.set(TestJames.ALICE, old -> List.of(long_)).block(), Failure.TOO_BIG, "characters");
        assertThat(rules().rules()).hasSize(100);
    }

    @Test
    void oneAtATimeShouldChangeTheRules() {
        UUID other = UUID.randomUUID();
        claims.claim("rules of alice@example.org", 0, other).block();
        shouldFail(() -> add(rule("one", 5)).block(), Failure.CONFLICT, "already");
        claims.release("rules of alice@example.org", 0, other).block();
        add(rule("one", 5)).block();
        assertThat(rules().rules()).hasSize(1);
    }

    @Test
    void nothingThatWasSetAtOnceShouldBeLost() {
        List<String> done = Flux.range(0, 30)
            .flatMap(i -> add(rule("rule " + i, 5)).thenReturn("rule " + i)
                .onErrorResume(ProtocolException.class, refused -> Mono.empty()), 8)
            .collectList().block();
        assertThat(done).isNotEmpty();
        assertThat(rules().rules()).extracting(Rule::name).containsExactlyInAnyOrderElementsOf(done);
    }

    @Test
    void whatFailsShouldChangeNothing() {
        add(rule("one", 5)).block();
        assertThatThrownBy(() -> rules.set(TestJames.ALICE, old -> {
            throw new ProtocolException(Failure.SYNTAX, "no");
        }).block()).isInstanceOf(ProtocolException.class);
        add(rule("two", 5)).block();
        assertThat(rules().rules()).hasSize(2);
    }

    /** On each store: what is set is executed from then on, the first time and when it is set again. */
    @Test
    void rulesShouldBeExecutedAsTheyAre() throws Exception {
        SieveDelivery delivery = new SieveDelivery(james);
        String message = "From: a@b\nSubject: Grüße\n\nText\n";
        for (String mailbox : List.of("One", "Two", "Two.Deep")) {
            rules.set(TestJames.ALICE, old -> List.of(new Rule("a", Priority.MIDDLE,
                ImmutableList.of(new Condition("Subject", Optional.of("is"), "*Grüße")),
                ImmutableList.of(new Action("Store in", mailbox), new Action("Discard", "")), Optional.empty()))).block();
            delivery.deliver(MaybeSender.getMailSender("a@b"), message, TestJames.ALICE);
        }
        rules.change(TestJames.ALICE, old -> List.of()).block();
        delivery.deliver(MaybeSender.getMailSender("a@b"), message, TestJames.ALICE);
        assertThat(delivery.mailboxes(TestJames.ALICE)).isEqualTo(Map.of("One", 1L, "Two", 1L, "Two.Deep", 1L, "INBOX", 1L));
        assertThat(delivery.sent()).isEmpty();
    }

    /** What is stored is read by what reads requests. */
    @Test
    void storedRuleShouldBeARequest() {
        Rule rule = rule("one", 10);
        assertThat(Rule.of(Element.of("ruleSet", Map.of("name", "one", "priority", "Highest"), rule.body()))).isEqualTo(rule);
    }
}
