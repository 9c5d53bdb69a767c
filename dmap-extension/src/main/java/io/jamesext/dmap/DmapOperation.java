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
package io.jamesext.dmap;

import java.util.Set;

import com.google.common.collect.Sets;

import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.DmapState;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Operation;

/**
 * A command of draft section 7.
 *
 * @param <Q> its parsed arguments
 */
public interface DmapOperation<Q> extends Operation<Frame, Q, DmapSession, DmapReply> {
    /** Draft section 7: "listed in the minimum permitted state", most in the authenticated one. */
    Set<DmapState> AUTHENTICATED = Sets.immutableEnumSet(DmapState.AUTHENTICATED, DmapState.SELECTED);
    /** Draft section 7.1. */
    Set<DmapState> ANY = Sets.immutableEnumSet(DmapState.NOT_AUTHENTICATED, DmapState.AUTHENTICATED, DmapState.SELECTED);
    /** Draft section 7.6. */
    Set<DmapState> SELECTED = Sets.immutableEnumSet(DmapState.SELECTED);

    @Override
    default Set<DmapState> allowedIn() {
        return AUTHENTICATED;
    }

    /** Reads what follows the verb, from the space before the first argument on, to the command's end. */
    Q parse(DmapReader arguments);

    @Override
    default Q parse(Frame frame) {
        if (!(frame instanceof Frame.Command command)) {
            throw new ProtocolException(Failure.SYNTAX, "not a command");
        }
        DmapReader reader = new DmapReader(command.text());
        reader.expectAtom("a tag");
        reader.expectSpace().expectWord("a command");
        Q request = parse(reader);
        reader.expectEnd();
        return request;
    }
}
