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
package io.jamesext.lemonade.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** A server that refuses commands for some time. */
class BusyServerTest {
    private static final int LARGE = 16 << 20;

    @Test
    void whoIsRefusedShouldBeAnsweredLater() throws Exception {
        try (ImapTestServer server = ImapTestServer.start("<concurrentRequests>1</concurrentRequests><maxQueueSize>1</maxQueueSize>");
            ImapTestClient waiting = server.connectAs(ImapTestServer.ALICE);
            ImapTestClient refused = server.connectAs(ImapTestServer.ALICE)) {
            try (ImapTestClient deaf = server.connectAs(ImapTestServer.ALICE)) {
                deaf.write("a1 APPEND INBOX {" + LARGE + "+}\r\n");
                deaf.write(("A: b\r\n\r\n" + "x".repeat(LARGE - 8)).getBytes(StandardCharsets.US_ASCII)).write("\r\n").until("a1 ");
                deaf.command("a2 SELECT INBOX");
                deaf.write("a3 FETCH * (BODY.PEEK[])\r\n");
                assertThat(deaf.line()).contains(" FETCH ");
                waiting.write("b1 NOOP\r\n");
                // The one that waits does so on its own thread.
                Thread.sleep(100);
                assertThat(refused.command("c1 NOOP")).containsExactly("c1 NO [LIMIT] The server is too busy");
            }
            assertThat(waiting.until("b1 ")).last().asString().startsWith("b1 OK");
            assertThat(refused.command("c2 NOOP")).last().asString().startsWith("c2 OK");
            assertThat(refused.command("c3 NOOP")).last().asString().startsWith("c3 OK");
        }
    }
}
