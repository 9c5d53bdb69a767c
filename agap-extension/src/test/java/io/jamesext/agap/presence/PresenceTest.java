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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final Instant NOON = Instant.parse("2011-05-27T12:00:00Z");
    private static final Instant ELEVEN = NOON.minusSeconds(3600);

    private static Optional<Statement> told(Statement statement, boolean connected) {
        return new Presence(statement, connected, ELEVEN, "", "").at(NOON);
    }

    @Test
    void aConnectedUserShouldBeWhatWasAnnounced() {
        Statement here = new Statement(Statement.State.HERE, ELEVEN, Optional.empty());
        Statement idle = new Statement(Statement.State.IDLE, ELEVEN.minusSeconds(60), Optional.empty());
        assertThat(told(here, true)).contains(here);
        assertThat(told(idle, true)).contains(idle);
    }

    @Test
    void aUserWhoseConnectionsHaveGoneShouldBeAwaySinceThen() {
        Statement away = new Statement(Statement.State.AWAY, ELEVEN, Optional.empty());
        assertThat(told(new Statement(Statement.State.HERE, ELEVEN.minusSeconds(9), Optional.empty()), false)).contains(away);
        assertThat(told(new Statement(Statement.State.HERE, ELEVEN.minusSeconds(9), Optional.of(NOON.plusSeconds(1))), false))
            .contains(away);
    }

    @Test
    void whoHasSaidAwayShouldBeAwaySinceTheWord() {
        Statement away = new Statement(Statement.State.AWAY, ELEVEN.minusSeconds(60), Optional.empty());
        assertThat(told(away, true)).contains(away);
        assertThat(told(away, false)).contains(away);
    }

    /** "If comes no command to change the state in the specified time, then after this period the presence will be reported as unknown." */
    @Test
    void nothingShouldBeKnownAfterForHasEnded() {
        assertThat(told(new Statement(Statement.State.HERE, ELEVEN, Optional.of(NOON)), true)).isEmpty();
        assertThat(told(new Statement(Statement.State.HERE, ELEVEN, Optional.of(NOON)), false)).isEmpty();
        assertThat(told(new Statement(Statement.State.HERE, ELEVEN, Optional.of(NOON.plusMillis(1))), true)).isPresent();
    }
}
