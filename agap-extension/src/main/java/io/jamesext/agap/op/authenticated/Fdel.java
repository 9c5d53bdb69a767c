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

package io.jamesext.agap.op.authenticated;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.NoArguments;
import io.jamesext.agap.filter.FilterBody;
import io.jamesext.agap.filter.Rule;
import io.jamesext.agap.item.ItemAction;
import io.jamesext.agap.item.ItemAction.Report;
import io.jamesext.agap.item.ItemActions;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Deletes the items of the selected folder that a filter finds, for good. AGAP section 4.21: {@code FDEL}, then after 110 a filter. */
public final class Fdel implements AgapOperation<NoArguments> {
    private static final Rule EMPTY = new Rule.And(ImmutableList.of());

    private final ItemActions actions;

    /** On the items of the selected folder. */
    @Inject
    public Fdel(ItemActions actions) {
        this.actions = actions;
    }

    @Override
    public String name() {
        return "FDEL";
    }

    @Override
    public NoArguments parse(Line line) {
        return NoArguments.parse(line);
    }

    @Override
    public Flux<AgapReply> run(NoArguments request, AgapSession session) {
        return ItemAction.matching(actions.delete(session),
            FilterBody.ask(session.connection()).doOnNext(Fdel::checkNotEmpty), Report.FDEL);
    }

    /** Section 4.21: the empty filter, which finds everything, is wrong here. */
    private static void checkNotEmpty(Rule rule) {
        if (rule.equals(EMPTY)) {
            throw new ProtocolException(Failure.SYNTAX, "INVALID filter definition (it is empty)");
        }
    }
}
