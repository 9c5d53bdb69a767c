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
package io.jamesext.dmap.op.authenticated;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.DmapServices;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;

/**
 * Selects a mailbox read-only. Draft section 7.3.2: {@code "EXAMINE" SP mailbox [SP "(" parameter *(SP parameter) ")"]}, the
 * parameters as in RFC 7162.
 */
public final class Examine implements DmapOperation<Selection.Request> {
    private final Selection selection;

    /** On James's mailboxes, their events and the log of expunges. */
    public Examine(DmapServices services) {
        this.selection = new Selection(services);
    }

    @Override
    public String name() {
        return "EXAMINE";
    }

    @Override
    public Selection.Request parse(DmapReader arguments) {
        return Selection.Request.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(Selection.Request request, DmapSession session) {
        return selection.of(request, true, session);
    }
}
