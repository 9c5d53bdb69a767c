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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableMap;

import io.jamesext.agap.session.State;

/** Section 3: every command in every state that it is not for. */
class AgapStatesTest {
    @TempDir
    static Path folder;

    /** What leads into a state. */
    private static final Map<State, String> WAYS = ImmutableMap.of(
        State.NOT_AUTHENTICATED, AgapTestServer.CONNECTED,
        State.PRE_AUTHENTICATION, AgapTestServer.PRE_AUTHENTICATION,
        State.PRE_AUTHENTICATION_HASH, AgapTestServer.PRE_AUTHENTICATION_HASH,
        State.AUTHENTICATED, AgapTestServer.AUTHENTICATED,
        State.NOT_SELECTED, AgapTestServer.NOT_SELECTED,
        State.PRESENCE, AgapTestServer.PRESENCE,
        State.STORING, AgapTestServer.STORING);

    @Test
    void aCommandShouldBeUnknownInStatesThatItIsNotFor() throws Exception {
        try (AgapTestServer server = AgapTestServer.open(folder)) {
            for (Map.Entry<State, String> way : WAYS.entrySet()) {
                StringBuilder transcript = new StringBuilder(way.getValue());
                for (AgapOperation<?> operation : OperationTable.all()) {
                    if (!operation.allowedIn().contains(way.getKey())) {
                        transcript.append("C: ").append(operation.name()).append(" 00000001\nS: 510 UNKNOWN command in this state\n");
                    }
                }
                server.play(transcript + "C: QUIT\nS: 200 OK Bye\nCLOSED\n");
            }
        }
    }

    /** AGAP sections 3.5 and 3.6. */
    @Test
    void presenceAndStoringShouldAllowWhatTheDraftNames() {
        assertThat(allowedIn(State.PRESENCE)).containsExactly("QUIT", "PNFO");
        assertThat(allowedIn(State.STORING)).containsExactly("QUIT", "FSTO");
    }

    private static List<String> allowedIn(State state) {
        return OperationTable.all().stream().filter(operation -> operation.allowedIn().contains(state)).map(AgapOperation::name).toList();
    }
}
