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
package io.jamesext.kernel.server;

import static io.jamesext.kernel.server.ToyServer.await;
import static io.jamesext.kernel.server.ToyServer.reader;
import static io.jamesext.kernel.server.ToyServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.Socket;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionServerTest {
    @TempDir
    static Path folder;

    private ToyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ToyServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void failuresShouldBeAnsweredByTheirKindAndNeverByTheirCause() {
        server.play("""
            C: nonsense
            S: failed UNKNOWN_COMMAND unknown command
            C: deny
            S: failed NO_PERMISSION no
            C: break
            S: failed INTERNAL internal server error
            C: shy
            S: ok shy
            C: echo x
            S: failed WRONG_STATE the command cannot be used in this state
            """);
    }

    @Test
    void anOverflowingStackShouldFailTheOperationAndNotTheConnection() {
        server.play("""
            C: overflow
            S: failed INTERNAL internal server error
            C: blockedOverflow
            S: failed INTERNAL internal server error
            C: echo x
            S: x
            S: ok echo
            """);
    }

    @Test
    void pipelinedCommandsShouldBeAnsweredInOrder() throws Exception {
        try (Socket socket = server.connect()) {
            StringBuilder commands = new StringBuilder("slow 100\n");
            for (int i = 0; i < 2000; i++) {
                commands.append("echo ").append(i).append('\n');
            }
            send(socket, commands.toString());
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            assertThat(reader.readLine()).isEqualTo("slept 100");
            assertThat(reader.readLine()).isEqualTo("ok slow");
            for (int i = 0; i < 2000; i++) {
                assertThat(reader.readLine()).isEqualTo("" + i);
                assertThat(reader.readLine()).isEqualTo("ok echo");
            }
        }
    }

    @Test
    void anOperationMayAskForTheNextFrame() {
        server.play("""
            C: ask
            S: well?
            C: fine
            S: DONE you said fine
            C: echo after
            S: after
            S: ok echo
            """);
    }

    @Test
    void anOperationThatAsksShouldEndWhenTheClientGoes() throws Exception {
        try (Socket socket = server.connect()) {
            send(socket, "ask\n");
            assertThat(reader(socket).readLine()).isEqualTo("hello");
        }
        await(() -> server.protocol.closedSessions.get() == 1);
    }

    @Test
    void tooLongALineShouldBeRefusedInItsTurnAndClose() {
        server.play("C: slow 50\nC: echo " + "x".repeat(5000)
            + "\nC: echo y\nS: slept 50\nS: ok slow\nS: failed TOO_BIG line too long\nCLOSED\n");
    }

    @Test
    void aClientThatNeverReadsShouldNotMakeTheServerProduce() throws Exception {
        try (Socket socket = server.connect()) {
            send(socket, "flood 1000000\n");
            await(() -> server.protocol.produced.get() > 100);
            long settled;
            do {
                settled = server.protocol.produced.get();
                Thread.sleep(500);
            } while (settled != server.protocol.produced.get());
            // What the sockets' own buffers take, far below the million.
            assertThat(settled).isLessThan(50_000);
            server.play("C: echo others live\nS: others live\nS: ok echo\n");
        }
    }

    @Test
    void aClientThatReadsShouldGetAll() throws Exception {
        try (Socket socket = server.connect()) {
            send(socket, "flood 20000\n");
            BufferedReader reader = reader(socket);
            long lines = 0;
            while (!reader.readLine().equals("ok flood")) {
                lines++;
            }
            assertThat(lines).isEqualTo(20_001);
        }
    }

    @Test
    void aHalfClosedClientShouldGetItsAnswersAndThenTheEnd() throws Exception {
        try (Socket socket = server.connect()) {
            send(socket, "slow 50\necho x\n");
            socket.shutdownOutput();
            assertThat(reader(socket).lines()).containsExactly("hello", "slept 50", "ok slow", "x", "ok echo");
        }
    }

    @Test
    void whatWasBegunShouldBeFinishedWhenTheClientGoes() throws Exception {
        try (Socket socket = server.connect()) {
            send(socket, "slow 300\n");
            assertThat(reader(socket).readLine()).isEqualTo("hello");
        }
        await(() -> server.protocol.closedSessions.get() == 1);
        assertThat(server.protocol.finished).hasValue(1);
    }

    @Test
    void startTlsShouldEncryptWhatFollows() {
        server.play("""
            C: encrypted
            S: false
            S: ok encrypted
            C: starttls
            S: ok starttls
            TLS
            C: encrypted
            S: true
            S: ok encrypted
            """);
    }

    @Test
    void commandsBehindStartTlsShouldNeverRun() throws Exception {
        for (String injected : new String[] {"echo injected\n", "echo inj", "e"}) {
            try (Socket socket = server.connect()) {
                send(socket, "starttls\n" + injected);
                assertThat(reader(socket).lines()).containsExactly("hello", "ok starttls");
            }
        }
    }

    @Test
    void aLayerShouldBeginBehindItsAnswerAndStayInsideTls() {
        server.play("""
            C: layer
            S: ok layer
            C: rpub uryyb
            S: uryyb
            S: bx rpub
            C: fgneggyf
            S: bx fgneggyf
            TLS
            C: rapelcgrq
            S: gehr
            S: bx rapelcgrq
            """);
    }

    @Test
    void bytesBehindARequestForALayerShouldNeverBeRead() throws Exception {
        for (String injected : new String[] {"echo injected\n", "e"}) {
            try (Socket socket = server.connect()) {
                send(socket, "layer\n" + injected);
                assertThat(reader(socket).lines()).containsExactly("hello", "ok layer");
            }
        }
    }

    @Test
    void quitShouldBeAnsweredAndClose() {
        server.play("C: quit\nC: echo more\nS: ok quit\nCLOSED\n");
    }

    @Test
    void newsShouldReachAnIdleClientAndCoalesce() throws Exception {
        try (Socket socket = server.connect()) {
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            send(socket, "slow 200\n");
            await(() -> server.metrics.countFor("none") == 0);
            Thread.sleep(50);
            Connection<String, ToyProtocol.Line> connection = server.protocol.last.orElseThrow();
            for (int i = 0; i < 100; i++) {
                connection.push("inbox", new ToyProtocol.Line("news " + i));
            }
            assertThat(reader.readLine()).isEqualTo("slept 200");
            assertThat(reader.readLine()).isEqualTo("ok slow");
            assertThat(reader.readLine()).isEqualTo("news 99");
            connection.push("inbox", new ToyProtocol.Line("more"));
            assertThat(reader.readLine()).isEqualTo("more");
        }
    }

    @Test
    void aStopShouldLetTheRunningOperationEndAndSayGoodbye() throws Exception {
        try (Socket socket = server.connect()) {
            BufferedReader reader = reader(socket);
            assertThat(reader.readLine()).isEqualTo("hello");
            send(socket, "slow 300\n");
            Thread.sleep(100);
            server.close();
            assertThat(reader.lines()).containsExactly("slept 300", "ok slow", "goodbye");
        }
        start();
    }

    @Test
    void eachOperationShouldBeTimed() {
        server.play("C: echo x\nS: x\nS: ok echo\n");
        assertThat(server.metrics.executionTimesFor("toy-echo")).hasSize(1);
    }

    @Test
    void unknownKeysAndBadValuesShouldStopTheStart() {
        assertThatThrownBy(() -> server.servers("<bnid>127.0.0.1:0</bnid>"))
            .hasMessageContaining("toyserver.xml").hasMessageContaining("`bnid`").hasMessageContaining("bind");
        assertThatThrownBy(() -> server.servers("<bind>127.0.0.1:0</bind><connectionLimit>many</connectionLimit>"))
            .hasMessageContaining("toyserver.xml: key `connectionLimit` is `many`; expected a whole number of at least 0");
        assertThatThrownBy(() -> server.servers("<bind>localhost</bind>"))
            .hasMessageContaining("toyserver.xml: key `bind` is `localhost`; expected HOST:PORT");
        assertThatThrownBy(() -> server.servers("<tls startTLS=\"perhaps\"/>"))
            .hasMessageContaining("`tls[@startTLS]` is `perhaps`; expected true or false");
    }
}
