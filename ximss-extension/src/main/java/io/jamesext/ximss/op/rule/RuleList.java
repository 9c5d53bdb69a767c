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

import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.MailRule;
import io.jamesext.ximss.rule.MailRules;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Lists the user's rules in the order in which they are applied, without what they say. It is behind the text's end, and is what clients of
 * CommuniGate send.
 *
 * <pre>{@code <ruleList id="" type="mailIn"?/>}</pre>
 */
public final class RuleList implements XimssOperation<RuleList.Request> {
    /** Nothing but the type. */
    public record Request() {
        static Request parse(Element element) {
            RuleType.check(element);
            return new Request();
        }
    }

    private final MailRules rules;

    /** On the users' rules. */
    public RuleList(MailRules rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "ruleList";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return rules.of(session.mailboxSession().getUser())
            .flatMapIterable(found -> found.rules().stream()
                .map(rule -> new MailRule(RuleType.MAIL_IN, rule.name(), found.priority(rule).text(), List.of()))
                .toList());
    }
}
