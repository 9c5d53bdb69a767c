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

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.transcript.Transcript;

/** Plays every transcript, each on mail of its own. */
@BothBackends
class AgapTranscriptsTest {
    @TempDir
    static Path folder;

    static List<Transcript> transcripts() {
        return Transcript.all(AgapTranscriptsTest.class, "/transcripts");
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theServerShouldAnswerAsTheTranscriptSays(Transcript transcript) throws Exception {
        try (AgapTestServer server = AgapTestServer.open(folder)) {
            server.play(transcript);
        }
    }

    @Test
    void theDemoShouldPass() throws Exception {
        try (AgapTestServer server = AgapTestServer.open(folder)) {
            server.play(Transcript.read(Objects.requireNonNull(getClass().getResource("/demo/agap.transcript"))));
        }
    }

    /** Figure 119. */
    @Test
    void thereShouldBeNoPresenceWhereTheOperatorWantsNone() throws Exception {
        try (AgapTestServer server = AgapTestServer.with("<presence>false</presence><anonymousPresence>true</anonymousPresence>", folder)) {
            server.play("""
                # state: connected
                C: CAPA
                S: .ADDR
                S: .AUTH-PLAIN
                S: .AUTH-STORING
                S: .CALE
                S: .CHNG
                S: .CONF
                S: .FILE
                S: .FILT
                S: .JRNL
                S: .MESG
                S: .NOTE
                S: .SGZP
                S: .TASK
                S: .XCHG
                S: 200 OK CAPA completed
                C: AUTH PRESENCE
                S: 511 UNKNOWN method
                2 C: AUTH PLAIN
                2 S: 200 OK Send USER
                2 C: USER alice@example.org
                2 S: 200 OK Send PASS
                2 C: PASS secret
                2 S: 200 OK Authenticated
                2 C: PNFO
                2 S: 510 Presence is not supported
                2 C: PNFO HERE
                2 S: 510 Presence is not supported
                """);
        }
    }

    /** Without the keys that open it: nobody asks for users of other domains, and anonymous is nobody. */
    @Test
    void strangersShouldBeRefusedByDefault() throws Exception {
        try (AgapTestServer server = AgapTestServer.with("", folder)) {
            server.play("""
                # state: connected
                C: AUTH PRESENCE
                S: 200 OK Send USER
                C: USER anonymous
                S: 200 OK Send PASS
                C: PASS email@example.com
                S: 511 WRONG user/password pair
                C: AUTH STORING
                S: 200 OK Send USER
                C: USER anonymous
                S: 200 OK Send PASS
                C: PASS email@example.com
                S: 511 WRONG user/password pair
                """);
        }
    }

    @Test
    void passwordsShouldBeRefusedInTheClearByDefault() throws Exception {
        try (AgapTestServer server = AgapTestServer.withDefaults(folder)) {
            server.play("""
                # state: connected
                C: CAPA
                S: .ADDR
                S: .CALE
                S: .CHNG
                S: .CONF
                S: .FILE
                S: .FILT
                S: .JRNL
                S: .MESG
                S: .NOTE
                S: .PNFO
                S: .SGZP
                S: .TASK
                S: .XCHG
                S: 200 OK CAPA completed
                C: AUTH PLAIN
                S: 511 UNKNOWN method
                C: AUTH PRESENCE
                S: 511 UNKNOWN method
                C: AUTH MD5
                S: 511 UNKNOWN method
                C: STLS
                S: 510 UNKNOWN command
                C: USER alice@example.org
                S: 510 .*
                """);
        }
    }
}
