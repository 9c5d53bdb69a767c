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
package io.jamesext.agap;

import java.util.Set;

import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.wire.Line;
import io.jamesext.kernel.operation.Operation;

/**
 * A command. AGAP section 4. Most are for the authenticated state only.
 *
 * @param <Q> the parsed request
 */
public interface AgapOperation<Q> extends Operation<Line, Q, AgapSession, AgapReply> {
    @Override
    default Set<State> allowedIn() {
        return Set.of(State.AUTHENTICATED);
    }
}
