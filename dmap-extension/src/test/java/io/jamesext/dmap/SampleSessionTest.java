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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.dmap.submit.TestMessages;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.OctetText;
import io.jamesext.testing.transcript.Transcript;

/** Plays the session of PROTOCOL.md section 11, line by line. */
@BothBackends
class SampleSessionTest {
    private static final Pattern SESSION = Pattern.compile("(?s)\\n## 11\\. .*?\\n```\\n(?<session>.*?)\\n```\\n");

    @TempDir
    static Path folder;

    @Test
    void theSampleSessionShouldBeAsItIsWrittenDown() throws Exception {
        Matcher found = SESSION.matcher(Files.readString(Path.of("PROTOCOL.md")));
        assertThat(found.find()).isTrue();
        TestKeys key = TestKeys.first();
        // The organisation signs the same each time.
        Signet signet = TestDime.EXAMPLE_ORG.sign(key.request(), TestJames.ALICE);
        byte[] message = TestMessages.by(TestJames.ALICE.asString(), signet, key.keys());
        try (DmapTestServer server = DmapTestServer.start(folder, Mode.CAUTIOUS)) {
            TestDime.enrol(server.services().dime(), TestJames.BOB);
            server.runner()
                .given("keyid", key.id().toString())
                .given("request", OctetText.of(key.request().toBytes()))
                .given("sealed", OctetText.of(key.encrypted()))
                .given("signet", OctetText.of(signet.toBytes()))
                .given("message", OctetText.of(message))
                .given("size", Integer.toString(message.length))
                .run(Transcript.parse("PROTOCOL.md", found.group("session")));
        }
    }
}
