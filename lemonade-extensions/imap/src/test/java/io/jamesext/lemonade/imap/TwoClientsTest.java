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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.BothBackends;

/** What one client does to a folder is news to the other. */
@BothBackends
class TwoClientsTest {
    private static final String APPEND = "b1 APPEND INBOX {8+}\r\nA: b\r\n\r\nc".replace("{8+}", "{9+}") + "\r\n";

    private static ImapTestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ImapTestServer.start("");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void appendShouldBeSeenByNoopAndByIdle() throws Exception {
        try (ImapTestClient one = server.connectAs(ImapTestServer.ALICE); ImapTestClient two = server.connectAs(ImapTestServer.ALICE)) {
            one.command("a1 SELECT INBOX");
            two.command("b0 SELECT INBOX");
            two.write(APPEND);
            assertThat(two.until("b1 ")).contains("* 1 EXISTS").last().asString().startsWith("b1 OK");
            assertThat(one.command("a2 NOOP")).contains("* 1 EXISTS").last().asString().startsWith("a2 OK");
            one.write("a3 IDLE\r\n");
            assertThat(one.line()).startsWith("+ ");
            two.write(APPEND);
            two.until("b1 ");
            assertThat(one.until("* 2 EXISTS")).last().isEqualTo("* 2 EXISTS");
            two.command("b2 STORE 1 +FLAGS (\\Deleted)");
            two.command("b3 EXPUNGE");
            assertThat(one.until("* 1 EXPUNGE")).last().isEqualTo("* 1 EXPUNGE");
            one.write("DONE\r\n");
            assertThat(one.until("a3 ")).last().asString().startsWith("a3 OK");
            assertThat(one.command("a4 NOOP")).last().isEqualTo("a4 OK NOOP completed.");
        }
    }

    @Test
    void flagShouldBeSeenByNoop() throws Exception {
        try (ImapTestClient one = server.connectAs(ImapTestServer.ALICE); ImapTestClient two = server.connectAs(ImapTestServer.ALICE)) {
            two.command("b0 CREATE flags");
            two.write(APPEND.replace("INBOX", "flags"));
            two.until("b1 ");
            one.command("a1 SELECT flags");
            two.command("b2 SELECT flags");
            assertThat(two.command("b3 STORE 1 +FLAGS (\\Flagged)")).first().asString().contains("\\Flagged");
            assertThat(one.command("a2 NOOP")).first().asString().startsWith("* 1 FETCH").contains("\\Flagged");
        }
    }

    @Test
    void flagShouldBeSeenByIdle() throws Exception {
        try (ImapTestClient one = server.connectAs(ImapTestServer.ALICE); ImapTestClient two = server.connectAs(ImapTestServer.ALICE)) {
            two.command("b0 CREATE idle");
            two.write(APPEND.replace("INBOX", "idle"));
            two.until("b1 ");
            one.command("a1 SELECT idle");
            two.command("b2 SELECT idle");
            one.write("a2 IDLE\r\n");
            assertThat(one.line()).startsWith("+ ");
            two.command("b3 STORE 1 +FLAGS (\\Flagged)");
            assertThat(one.line()).startsWith("* 1 FETCH").contains("\\Flagged");
            one.write("DONE\r\n");
            assertThat(one.until("a2 ")).last().asString().startsWith("a2 OK");
        }
    }
}
