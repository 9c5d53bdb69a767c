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


package io.jamesext.lemonade.smtp;

import java.util.List;

import org.apache.james.smtpserver.fastfail.ValidRcptHandler;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.jamesext.lemonade.smtp.release.FutureRelease;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.Wire;

/** Every conversation in {@code transcripts}, each on a server of its own with alice and bob. */
@BothBackends
class TranscriptsTest {
    private static List<Transcript> transcripts() {
        return Transcript.all(TranscriptsTest.class, "/transcripts");
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersShouldBeThoseOfTheTranscript(Transcript transcript) throws Exception {
        try (SmtpTestServer server = server()) {
            runner(server).run(transcript);
        }
    }

    /** How octets arrive is nothing to the store behind them: once is enough. */
    @DisabledIfSystemProperty(named = "jamesext.backend", matches = "cassandra", disabledReason = "played on memory")
    @ParameterizedTest
    @MethodSource("transcripts")
    void answersShouldBeTheSameOctetByOctet(Transcript transcript) throws Exception {
        try (SmtpTestServer server = server()) {
            runner(server).octetByOctet().run(transcript);
        }
    }

    private static SmtpTestServer server() throws Exception {
        return new SmtpTestServer("<maxmessagesize>100</maxmessagesize>",
            SmtpTestServer.BURL + "<handler class=\"" + ValidRcptHandler.class.getName() + "\"/>"
                + "<handler class=\"" + FutureRelease.class.getName() + "\"/>");
    }

    private static TranscriptRunner runner(SmtpTestServer server) {
        return new TranscriptRunner(Wire.LINES, "127.0.0.1", server.port())
            .with("alice", "S: 220 .*\nC: EHLO client.example.org\nS*: 250-.*\nS: 250 .*\n"
                + "C: AUTH PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==\nS: 235 2.7.0 .*");
    }
}
