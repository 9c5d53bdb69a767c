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

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.session.DmapState;
import io.jamesext.testing.transcript.Transcript;

/** Every command in every state that it is not for. Draft section 4. */
class StatesTest {
    @TempDir
    static Path folder;

    @Test
    void everyOperationShouldBeRefusedInEveryWrongState() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            play(server, DmapState.NOT_AUTHENTICATED, DmapTestServer.GREETED);
            play(server, DmapState.AUTHENTICATED, DmapTestServer.AUTHENTICATED);
            play(server, DmapState.SELECTED, DmapTestServer.SELECTED);
        }
    }

    private static void play(DmapTestServer server, DmapState state, String preamble) throws Exception {
        StringBuilder transcript = new StringBuilder(preamble);
        int tag = 0;
        for (DmapOperation<?> operation : Table.operations().all()) {
            if (!operation.allowedIn().contains(state)) {
                tag++;
                transcript.append("C: w").append(tag).append(' ').append(operation.name()).append('\n')
                    .append("S: w").append(tag).append(" BAD the command cannot be used in this state\n");
            }
        }
        server.runner().run(Transcript.parse(state.name(), transcript.toString()));
    }
}
