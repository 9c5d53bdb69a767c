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
package io.jamesext.ximss.op.rule;

import java.util.List;
import java.util.stream.Stream;

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.rule.MailRules;
import io.jamesext.ximss.rule.Rule;
import io.jamesext.ximss.rule.RuleTargets;
import io.jamesext.ximss.rule.RuleVocabulary;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sets a rule, in the place of one of that name if there is one. It is behind the text's end, and is what clients of CommuniGate send.
 *
 * <pre>{@code <ruleSet id="" type="mailIn"? name="" priority="Inactive|1-9|Highest"?>
 *   <condition opCode="" operator=""?>text</condition>* <action opCode="">text</action>+ <comment>text</comment>?
 * </ruleSet>}</pre>
 */
public final class RuleSet implements XimssOperation<RuleSet.Request> {
    /**
     * The rule.
     *
     * @param keepsPriority whether an earlier one's priority stays, for the request says none
     */
    public record Request(Rule rule, boolean keepsPriority) {
        static Request parse(Element element) {
            Rule rule = Rule.of(RuleType.check(element));
            RuleVocabulary.check(rule);
            return new Request(rule, element.attribute("priority").isEmpty());
        }

        private List<Rule> among(List<Rule> rules) {
            Rule set = rules.stream().filter(old -> keepsPriority && old.name().equals(rule.name())).findFirst()
                .map(old -> rule.with(old.priority())).orElse(rule);
            return Stream.concat(rules.stream().filter(old -> !old.name().equals(rule.name())), Stream.of(set)).toList();
        }
    }

    private final MailRules rules;
    private final RuleTargets targets;

    /** On the users' rules, and on where these may send messages. */
    public RuleSet(MailRules rules, RuleTargets targets) {
        this.rules = rules;
        this.targets = targets;
    }

    @Override
    public String name() {
        return "ruleSet";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return targets.check(request.rule, session.mailboxSession())
            .then(rules.set(session.mailboxSession().getUser(), request::among))
            .thenMany(Mono.empty());
    }
}
