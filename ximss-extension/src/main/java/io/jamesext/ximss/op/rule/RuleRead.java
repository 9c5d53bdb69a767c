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

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.MailRule;
import io.jamesext.ximss.rule.MailRules;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Gives one of the user's rules with what it says. It is behind the text's end, and is what clients of CommuniGate send.
 *
 * <pre>{@code <ruleRead id="" type="mailIn"? name=""/>}</pre>
 */
public final class RuleRead implements XimssOperation<RuleRead.Request> {
    /** The name. */
    public record Request(String name) {
        static Request parse(Element element) {
            return new Request(RuleType.check(element).required("name"));
        }
    }

    private final MailRules rules;

    /** On the users' rules. */
    public RuleRead(MailRules rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "ruleRead";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return rules.of(session.mailboxSession().getUser())
            .map(found -> found.find(request.name)
                .map(rule -> new MailRule(RuleType.MAIL_IN, rule.name(), found.priority(rule).text(), rule.body()))
                .orElseThrow(RuleType::noSuchRule))
            .flux();
    }
}
