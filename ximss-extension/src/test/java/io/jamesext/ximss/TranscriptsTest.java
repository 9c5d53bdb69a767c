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
package io.jamesext.ximss;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.Wire;

/** Plays every transcript on a fresh server. */
@BothBackends
class TranscriptsTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> transcripts() {
        return Transcript.all(TranscriptsTest.class, "/transcripts").stream()
            .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> play(transcript)));
    }

    /** The tour of {@code ./james demo}, on other mail. */
    @Test
    void demonstrationShouldPassOnAnyMail() throws Exception {
        try (XimssTestServer server = XimssTestServer.start(folder, XimssTestServer.PLAIN)) {
            SpecificationMailbox.fill(server.james, "/mail");
            server.runner(Wire.XML_NUL).run(Transcript.read(TranscriptsTest.class.getResource("/demo/ximss.transcript")));
        }
    }

    private void play(Transcript transcript) throws Exception {
        String security = transcript.name().startsWith("starttls") ? XimssTestServer.tls(folder, "startTLS") : XimssTestServer.PLAIN;
        String signup = transcript.name().equals("signup.txt") ? "<signup>true</signup>" : "";
        try (XimssTestServer server = XimssTestServer.start(folder, security + signup + XimssTestServer.OPERATOR)) {
            if (transcript.name().startsWith("specificationExample")) {
                SpecificationMailbox.fill(server.james);
            } else if (transcript.name().startsWith("folderRead")) {
                SpecificationMailbox.fill(server.james, "/mail");
            } else if (transcript.name().startsWith("SMIME") || transcript.name().startsWith("secure")) {
                SecureMailbox.fill(server.james);
            }
            server.runner(Wire.XML_NUL).run(transcript);
        }
    }
}
