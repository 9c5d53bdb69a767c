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
package io.jamesext.testing.transcript;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers each line with what the line says, where "|" stands for the end of a message. */
class TranscriptRunnerTest {
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept);
        accepting.setDaemon(true);
        accepting.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread echoing = new Thread(() -> echo(socket));
                echoing.setDaemon(true);
                echoing.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket; BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.equals("close"); line = in.readLine()) {
                socket.getOutputStream().write((line.replace("|", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void play(String transcript) {
        new TranscriptRunner(Wire.LINES, "127.0.0.1", server.getLocalPort())
            .with("greeted", "C: hi\nS: hi\n")
            .endpoint("other", Wire.LINES, "127.0.0.1", server.getLocalPort())
            .run(Transcript.parse("test", transcript));
    }

    @Test
    void literalTextAndRegularExpressionsShouldMatch() {
        assertThatCode(() -> play("C: * OK [X] (done)\nS: * OK [X] (done)\nC: abc 123\nS: a.c \\d+\n")).doesNotThrowAnyException();
    }

    @Test
    void aWrongAnswerShouldFailWithItsPlace() {
        assertThatThrownBy(() -> play("# comment\nC: one\nS: two\n")).isInstanceOf(AssertionError.class)
            .hasMessageContaining("test:3").hasMessageContaining("expected: two").hasMessageContaining("but got: one");
    }

    @Test
    void aPatternShouldMatchTheWholeMessage() {
        assertThatThrownBy(() -> play("C: one two\nS: one\n")).isInstanceOf(AssertionError.class);
    }

    @Test
    void variablesShouldBeCapturedAndKept() {
        assertThatCode(() -> play("C: uid 17 of 17\nS: uid ${uid} of ${uid}\nC: again ${uid}\nS: again 17\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> play("C: uid 17\nS: uid ${uid}\nC: uid 18\nS: uid ${uid}\n")).isInstanceOf(AssertionError.class);
    }

    @Test
    void anyOrderShouldWantEachOnce() {
        assertThatCode(() -> play("C: a|b|c\nSUB {\nS: c\nS: a\nS: b\n}\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> play("C: a|a|c\nSUB {\nS: c\nS: a\nS: b\n}\n")).isInstanceOf(AssertionError.class);
    }

    @Test
    void anyNumberShouldStopAtTheFirstOther() {
        assertThatCode(() -> play("C: x1|x2|y\nS*: x\\d\nS: y\n")).doesNotThrowAnyException();
        assertThatCode(() -> play("C: y\nS*: x\\d\nS: y\n")).doesNotThrowAnyException();
    }

    @Test
    void messagesMaySpanLines() {
        assertThatCode(() -> play("C: a\n\nb\n\\\nc\nS: a\nS: b\nS:\nS: c\n")).doesNotThrowAnyException();
    }

    @Test
    void whatMustNotComeShouldFailWhenItComes() {
        assertThatCode(() -> play("C: a|b\n! S: c\nS: a\nS: b\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> play("C: a|c\n! S: c\n")).isInstanceOf(AssertionError.class);
    }

    @Test
    void preamblesShouldRunOnEveryConnection() {
        assertThatCode(() -> play("# state: greeted\nC: one\nS: one\n2 C: two\n2 S: two\n")).doesNotThrowAnyException();
    }

    @Test
    void aConnectionMayGoElsewhere() {
        assertThatCode(() -> play("# connection 2: other\n2 C: x\n2 S: x\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> play("# connection 2: missing\n2 C: x\n")).hasMessageContaining("no endpoint missing");
    }

    @Test
    void aClosedConnectionShouldBeSeen() {
        assertThatCode(() -> play("C: close\nCLOSED\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> play("C: close\nS: more\n")).hasMessageContaining("but got: nothing");
    }

    @Test
    void xmlShouldBeComparedAsXml() {
        Matching matching = new Matching();
        assertThatCode(() -> {
            check(true, matching, "<a x='1' y='\\d+'><b>t</b></a>", "<a y=\"22\" x=\"1\">\n <b>t</b> </a>");
            check(false, matching, "<a x='1'/>", "<a x='1' z='2'/>");
            check(true, matching, "<a x='1' any=''/>", "<a x='1' z='2'/>");
            check(false, matching, "<a x='1'/>", "<a/>");
            check(false, matching, "<a><b/></a>", "<a><b/><b/></a>");
            check(true, matching, "<a>...</a>", "<a><b/>x<b/></a>");
            check(true, matching, "<a u='${u}'/>", "<a u='7'/>");
            check(false, matching, "<a u='${u}'/>", "<a u='8'/>");
            check(false, matching, "<a v='${v}' w='no'/>", "<a v='1' w='2'/>");
            check(true, matching, "<a v='${v}'/>", "<a v='3'/>");
        }).doesNotThrowAnyException();
    }

    private static void check(boolean expected, Matching matching, String pattern, String message) {
        if (Wire.XML_NUL.matches(pattern, message, matching) != expected) {
            throw new AssertionError(pattern + " against " + message + " should be " + expected);
        }
    }
}
