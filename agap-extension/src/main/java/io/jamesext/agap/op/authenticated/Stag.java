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

import org.apache.james.mailbox.MessageUid;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.item.ItemActions;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.tag.TagList;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import reactor.core.publisher.Flux;

/** Sets or takes away tags of an item. AGAP sections 4.37 and 4.2: {@code STAG UID ACTION TAG TAG=VALUE ...}. */
public final class Stag implements AgapOperation<Stag.Request> {
    /** The item and what to do with its tags. */
    public record Request(MessageUid uid, TagList tags) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            return new Request(ItemUid.parse(arguments.expectAtom("UID")), TagList.parse(arguments));
        }
    }

    private final ItemActions actions;

    /** On the items of the selected folder. */
    @Inject
    public Stag(ItemActions actions) {
        this.actions = actions;
    }

    @Override
    public String name() {
        return "STAG";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return actions.tag(request.tags, session).flatMap(action -> action.one(request.uid)).thenMany(Flux.empty());
    }
}
