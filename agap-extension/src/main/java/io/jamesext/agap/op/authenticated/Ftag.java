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
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.tag.TagList;
import io.jamesext.agap.wire.Line;
import reactor.core.publisher.Flux;

/**
 * Sets or takes away tags of the items of the selected folder that a filter finds. AGAP sections 4.25 and 4.2:
 * {@code FTAG ACTION TAG TAG=VALUE ...}, then after 110 a filter.
 */
public final class Ftag implements AgapOperation<Ftag.Request> {
    /** What to do with their tags. */
    public record Request(TagList tags) {
        static Request parse(Line line) {
            return new Request(TagList.parse(line.arguments().requireArguments()));
        }
    }

    private final ItemActions actions;

    /** On the items of the selected folder. */
    @Inject
    public Ftag(ItemActions actions) {
        this.actions = actions;
    }

    @Override
    public String name() {
        return "FTAG";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return ItemAction.matching(actions.tag(request.tags, session), FilterBody.ask(session.connection()), Report.FTAG);
    }
}
