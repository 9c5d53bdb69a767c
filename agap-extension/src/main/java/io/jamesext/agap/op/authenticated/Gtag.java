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

import java.util.List;
import java.util.stream.Collectors;

import org.apache.james.mailbox.MessageUid;

import com.google.inject.Inject;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.folder.ItemUid;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Data;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.tag.ItemTags;
import io.jamesext.agap.tag.Tag;
import io.jamesext.agap.tag.Tags;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import reactor.core.publisher.Flux;

/** Tells the tags of an item. AGAP section 4.26: {@code GTAG UID}. */
public final class Gtag implements AgapOperation<Gtag.Request> {
    /** The item. */
    public record Request(MessageUid uid) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            Request request = new Request(ItemUid.parse(arguments.expectAtom("UID")));
            arguments.expectEnd();
            return request;
        }
    }

    private final Folders folders;
    private final ItemUids uids;

    /** On the account's folders. */
    @Inject
    public Gtag(Folders folders, ItemUids uids) {
        this.folders = folders;
        this.uids = uids;
    }

    @Override
    public String name() {
        return "GTAG";
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        return folders.openSelected(session)
            .flatMap(messages -> uids.message(request.uid, messages, session.mailboxSession())
                .flatMap(uid -> ItemTags.flags(messages, uid, session.mailboxSession())))
            .map(flags -> Tags.of(flags).values().stream().map(Tag::toString).collect(Collectors.toList()))
            .filter(tags -> !tags.isEmpty())
            .map(Gtag::lines)
            .flux();
    }

    private static AgapReply lines(List<String> tags) {
        return Data.of(tags);
    }
}
