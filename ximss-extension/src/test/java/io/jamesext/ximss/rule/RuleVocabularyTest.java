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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.reply.KnownValues;
import io.jamesext.ximss.rule.Rule.Action;
import io.jamesext.ximss.rule.Rule.Condition;
import io.jamesext.ximss.xml.XimssWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** That what is listed is what is accepted. */
class RuleVocabularyTest {
    private static final Action DISCARD = new Action("Discard", "");

    private static void check(List<Condition> conditions, Action... actions) {
        RuleVocabulary.check(new Rule("a", Priority.MIDDLE, ImmutableList.copyOf(conditions), ImmutableList.copyOf(actions),
            Optional.empty()));
    }

    @Test
    void listedConditionShouldBeAccepted() {
        for (String name : RuleVocabulary.CONDITIONS) {
            Condition condition = switch (name) {
                case "Human Generated" -> new Condition(name, Optional.empty(), "");
                case "Message Size" -> new Condition(name, Optional.of("less than"), "5");
                case "Header Field" -> new Condition(name, Optional.of("in"), "X-A: 1, X-B: 2");
                case "Each To or Cc" -> new Condition(name, Optional.of("not in"), "a@b, c@d");
                default -> new Condition(name, Optional.of("in"), "a@b, c*");
            };
            assertThatCode(() -> check(List.of(condition), DISCARD)).as(name).doesNotThrowAnyException();
        }
    }

    @Test
    void listedActionShouldBeAccepted() {
        assertThat(RuleVocabulary.MODES).contains(RuleVocabulary.MODE).containsAll(RuleVocabulary.ACTIONS.values());
        for (String name : RuleVocabulary.ACTIONS.keySet()) {
            Action action = new Action(name, Set.of("Discard", "Stop Processing").contains(name) ? "" : "a@b");
            Action[] actions = Set.of("Store in", "Mirror to").contains(name) ? new Action[] {action, DISCARD} : new Action[] {action};
            assertThatCode(() -> check(List.of(), actions)).as(name).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'From' Name", "Time Of Day", "Current Date", "Current Day", "Preference", "FreeBusy", "Any Recipient",
        "Each Recipient", "Existing Mailbox", "Security", "Source", "Submit Address", "Calendar Method", "Nothing"})
    void otherConditionShouldBeRefusedByItsName(String name) {
        assertThatThrownBy(() -> check(List.of(new Condition(name, Optional.of("is"), "a")), DISCARD))
            .isInstanceOfSatisfying(ProtocolException.class, refused -> {
                assertThat(refused.failure()).isEqualTo(Failure.NOT_SUPPORTED);
                assertThat(refused.text()).contains(name);
            });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mark", "Add Header", "Tag Subject", "Redirect to", "Redirect To", "Forward to", "Reply with",
        "Reply to All with", "React with", "Remember 'From' in", "Accept Request", "Accept Reply", "Store Encrypted in",
        "Copy Attachments into", "SendIM", "SendPush", "SendURL", "Execute", "Nothing"})
    void otherActionShouldBeRefusedByItsName(String name) {
        assertThatThrownBy(() -> check(List.of(), new Action(name, "a@b"), DISCARD))
            .isInstanceOfSatisfying(ProtocolException.class, refused -> {
                assertThat(refused.failure()).isEqualTo(Failure.NOT_SUPPORTED);
                assertThat(refused.text()).contains(name);
            });
    }

    /** XIMSS, "Service Operations", knownValues: the modes from the most restrictive on, each action with its own. */
    @Test
    void vocabularyShouldBeListed() {
        ByteBuf out = Unpooled.buffer();
        new KnownValues(Set.of("UTC"), Set.of("utf-8"), RuleVocabulary.MODES, List.of("From"), RuleVocabulary.ACTIONS)
            .writeTo(new XimssWriter(out, Optional.of("A1")));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("<knownValues id=\"A1\"><tzid name=\"UTC\"/><charset name=\"utf-8\"/>"
            + "<mailRuleAllowed name=\"No\"/><mailRuleAllowed name=\"Filter Only\"/><mailRuleAllowed name=\"All But Exec\"/>"
            + "<mailRuleCondition name=\"From\"/><mailRuleAction name=\"Store in\" allowedSet=\"Filter Only\"/>"
            + "<mailRuleAction name=\"Reject with\" allowedSet=\"Filter Only\"/>"
            + "<mailRuleAction name=\"Discard\" allowedSet=\"Filter Only\"/>"
            + "<mailRuleAction name=\"Stop Processing\" allowedSet=\"Filter Only\"/>"
            + "<mailRuleAction name=\"Mirror to\" allowedSet=\"All But Exec\"/></knownValues>");
    }
}
