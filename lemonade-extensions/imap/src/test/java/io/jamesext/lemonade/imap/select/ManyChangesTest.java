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
package io.jamesext.lemonade.imap.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;

/** More changes than a connection remembers one by one: it is told all of them still. */
class ManyChangesTest {
    private static final int MESSAGES = ChangedFlags.MAX_CHANGED + 50;
    private static final int AT_ONCE = 50;

    private ImapTestServer server;
    private ImapTestClient client;
    private ImapTestClient other;

    @BeforeEach
    void fill() throws Exception {
        server = ImapTestServer.start("");
        client = server.connectAs(ImapTestServer.ALICE);
        other = server.connectAs(ImapTestServer.ALICE);
        for (int message = 0; message < MESSAGES; message += AT_ONCE) {
            other.write("p APPEND INBOX" + " {3+}\r\n\r\nx".repeat(AT_ONCE) + "\r\n");
            other.until("p ");
        }
        other.command("s SELECT INBOX");
        client.command("s SELECT INBOX");
        client.command("u SEARCH RETURN (UPDATE COUNT) FLAGGED");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        other.close();
        server.close();
    }

    @Test
    void allShouldBeTold() throws Exception {
        other.command("a STORE 1:* +FLAGS.SILENT (\\Flagged)");
        other.command("b STORE 7 -FLAGS.SILENT (\\Flagged)");

        List<String> told = client.command("c NOOP");
        assertThat(told).filteredOn(line -> line.contains(" FETCH (")).hasSize(MESSAGES);
        assertThat(told).contains("* 7 FETCH (FLAGS ())", "* ESEARCH (TAG \"u\") ADDTO (1 1:6,8:" + MESSAGES + ")");

        other.command("d STORE 5 -FLAGS.SILENT (\\Flagged)");
        assertThat(client.command("e NOOP")).contains("* ESEARCH (TAG \"u\") REMOVEFROM (5 5)")
            .filteredOn(line -> line.contains(" FETCH (")).hasSize(1);
    }
}
