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
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import reactor.core.publisher.Flux;

/** Deletes an item of the selected folder for good. AGAP section 4.17: {@code DELE UID}. */
public final class Dele implements AgapOperation<Dele.Request> {
    /** The item. */
    public record Request(MessageUid uid) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            Request request = new Request(ItemUid.parse(arguments.expectAtom("UID")));
            arguments.expectEnd();
            return request;
        }
    }

    private final ItemActions actions;

    /** On the items of the selected folder. */
    @Inject
    public Dele(ItemActions actions) {
        this.actions = actions;
    }

    @Override
    public String name() {
        return "DELE";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return actions.delete(session).flatMap(action -> action.one(request.uid)).thenMany(Flux.just(Status.ok("Item deleted")));
    }
}
