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

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.rule.MailRules;
import io.jamesext.ximss.rule.Rule;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Renames one of the user's rules. It is behind the text's end, and is what clients of CommuniGate send.
 *
 * <pre>{@code <ruleRename id="" type="mailIn"? name="" newName=""/>}</pre>
 */
public final class RuleRename implements XimssOperation<RuleRename.Request> {
    /** The names. */
    public record Request(String name, String newName) {
        static Request parse(Element element) {
            return new Request(RuleType.check(element).required("name"), Rule.name(element.required("newName")));
        }

        private List<Rule> among(List<Rule> rules) {
            if (rules.stream().noneMatch(rule -> rule.name().equals(name))) {
                throw RuleType.noSuchRule();
            }
            if (!name.equals(newName) && rules.stream().anyMatch(rule -> rule.name().equals(newName))) {
                throw new ProtocolException(Failure.CONFLICT, "a rule of that name exists already");
            }
            return rules.stream().map(rule -> rule.name().equals(name) ? rule.renamed(newName) : rule).toList();
        }
    }

    private final MailRules rules;

    /** On the users' rules. */
    public RuleRename(MailRules rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "ruleRename";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return rules.change(session.mailboxSession().getUser(), request::among).thenMany(Mono.empty());
    }
}
