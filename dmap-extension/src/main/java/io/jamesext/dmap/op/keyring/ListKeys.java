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
package io.jamesext.dmap.op.keyring;

import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.Key;
import io.jamesext.dmap.ring.KeyRing;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;

/** Lists the ids of the user's keys, the current one first. Draft section 7.4.4: {@code "LISTKEYS"}. */
public final class ListKeys implements DmapOperation<ListKeys.Request> {
    /** It has no arguments. */
    public record Request() {
    }

    private final KeyRing keys;

    /** On the users' keys. */
    public ListKeys(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "LISTKEYS";
    }

    @Override
    public Request parse(DmapReader arguments) {
        return new Request();
    }

    @Override
    public Publisher<DmapReply> run(Request request, DmapSession session) {
        return keys.all(session.mailboxSession().getUser()).map(key -> Key.named(key.id().toString()));
    }
}
