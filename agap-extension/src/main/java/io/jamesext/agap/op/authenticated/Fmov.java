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

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.filter.FilterBody;
import io.jamesext.agap.item.ItemAction;
import io.jamesext.agap.item.ItemAction.Report;
import io.jamesext.agap.item.ItemActions;
import io.jamesext.agap.item.ItemActions.Destination;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import reactor.core.publisher.Flux;

/** Moves the items of the selected folder that a filter finds. AGAP section 4.23: {@code FMOV path}, absolute, then after 110 a filter. */
public final class Fmov implements AgapOperation<Fmov.Request> {
    /** Where they go. */
    public record Request(Destination destination) {
        static Request parse(Line line) {
            return new Request(new Destination(line.arguments().requireArguments().expectRest("path"), false));
        }
    }

    private final ItemActions actions;

    /** On the items of the selected folder. */
    @Inject
    public Fmov(ItemActions actions) {
        this.actions = actions;
    }

    @Override
    public String name() {
        return "FMOV";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return ItemAction.matching(actions.move(request.destination, session), FilterBody.ask(session.connection()), Report.FMOV);
    }
}
