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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.ring.Mode;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.transcript.Transcript;

/** Plays every transcript, each against a new server; with Alice's account in the mode that the file is named after, if it is. */
@BothBackends
class TranscriptsTest {
    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> transcripts() {
        return Transcript.all(TranscriptsTest.class, "/transcripts").stream()
            .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> {
                try (DmapTestServer server = DmapTestServer.start(folder, mode(transcript.name()))) {
                    server.runner().run(transcript);
                }
            }));
    }

    /** {@code PARANOID.txt}, {@code PARANOID-SUBMIT.txt}. */
    private static Mode mode(String transcript) {
        return Arrays.stream(Mode.values()).filter(mode -> transcript.startsWith(mode.name())).findFirst().orElse(Mode.TRUSTFUL);
    }

    @Test
    void everyOperationShouldHaveATranscript() throws Exception {
        List<String> transcripts = Transcript.all(TranscriptsTest.class, "/transcripts").stream().map(Transcript::name).toList();
        assertThat(transcripts).containsAll(Table.operations().names().stream().map(name -> name + ".txt").toList());
    }

    @Test
    void theDemoShouldPass() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            server.runner().run(Transcript.read(TranscriptsTest.class.getResource("/demo/dmap.transcript")));
        }
    }
}
