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
package io.jamesext.agap.presence;

import java.time.Instant;
import java.util.Optional;

/**
 * What a user has announced last, from whichever connection. AGAP section 4.33.
 *
 * @param state what the user is
 * @param since since when; to the millisecond
 * @param until when nobody knows any more, for FOR
 */
public record Statement(State state, Instant since, Optional<Instant> until) {
    /** As PNFO USER tells it. */
    public enum State {
        /** Online and not idle. */
        HERE,
        /** Online, but doing something else. */
        IDLE,
        /** Not online. */
        AWAY
    }
}
