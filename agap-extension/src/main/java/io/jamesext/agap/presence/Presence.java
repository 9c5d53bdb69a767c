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
 * What is known of a user.
 *
 * @param statement what was announced last
 * @param connected true while a connection lives that has announced something
 * @param seen when such a connection was known to live last
 * @param status the text that describes the user's state; empty for none
 * @param place the text that describes where the user is; empty for none
 */
public record Presence(Statement statement, boolean connected, Instant seen, String status, String place) {
    /**
     * What others are told now. AGAP section 4.33: a user whose connections have gone is away, however that happened; and after FOR has
     * ended nothing is known, which is empty.
     */
    public Optional<Statement> at(Instant now) {
        if (statement.until().filter(until -> !until.isAfter(now)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(connected || statement.state() == Statement.State.AWAY
            ? statement
            : new Statement(Statement.State.AWAY, seen, Optional.empty()));
    }
}
