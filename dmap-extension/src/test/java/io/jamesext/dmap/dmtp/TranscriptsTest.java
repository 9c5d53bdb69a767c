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
package io.jamesext.dmap.dmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.apache.james.rrt.lib.MappingSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.Transcript;

/** What is said in lines. Each transcript has a server of its own; messages are in {@link DataTest}. */
class TranscriptsTest {
    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> transcripts() {
        return Transcript.all(TranscriptsTest.class, "/dmtp").stream()
            .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> play(transcript)));
    }

    private static void play(Transcript transcript) throws Exception {
        TestJames james = TestJames.create();
        try (Installation installation = new Installation(james, "example.org", folder,
                "<maxLookupsPerMinute>20</maxLookupsPerMinute><maxMessageBytes>1000</maxMessageBytes>")) {
            PrivateKeys first = installation.enrol(TestJames.ALICE);
            Signet older = installation.signet(TestJames.ALICE);
            Thread.sleep(2);
            installation.renew(TestJames.ALICE, first);
            installation.rewrites.addAliasMapping(MappingSource.fromUser("al", "example.org"), "alice@example.org");
            installation.runner()
                .given("older", older.fingerprint(SignetLevel.CRYPTO).toString())
                .given("newer", installation.signet(TestJames.ALICE).fingerprint(SignetLevel.CRYPTO).toString())
                .given("organisation", installation.organisation.signet().fingerprint(SignetLevel.CRYPTO).toString())
                .given("unknown", "A".repeat(86))
                .given("long", "x".repeat(600))
                .run(transcript);
        }
    }

    @Test
    void everyCommandShouldBeInATranscript() throws Exception {
        StringBuilder all = new StringBuilder();
        for (Transcript transcript : Transcript.all(TranscriptsTest.class, "/dmtp")) {
            try (InputStream in = TranscriptsTest.class.getResourceAsStream("/dmtp/" + transcript.name())) {
                all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        try (Installation installation = new Installation(TestJames.create(), "example.org", folder, "");
                DmtpTestClient client = new DmtpTestClient(installation.port())) {
            String[] names = client.ask("HELP").substring("214 ".length()).split(" ");
            assertThat(names).hasSize(14).allMatch(name -> all.indexOf("C: " + name) >= 0);
        }
    }
}
