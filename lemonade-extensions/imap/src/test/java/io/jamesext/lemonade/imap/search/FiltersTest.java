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

package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What transcripts cannot show of filters: shared ones, and limits. */
@BothBackends
class FiltersTest {
    private ImapTestServer server;
    private ImapTestClient alice;

    @BeforeEach
    void start() throws Exception {
        server = ImapTestServer.start("");
        alice = server.connectAs(ImapTestServer.ALICE);
        alice.write("p APPEND INBOX (\\Seen) {14+}\r\nSubject: x\r\n\r\n\r\n");
        assertThat(alice.until("p ")).last().asString().startsWith("p OK");
        alice.command("s SELECT INBOX");
    }

    @AfterEach
    void stop() throws Exception {
        alice.close();
        server.close();
    }

    /** RFC 5466 section 1: of both, the private one counts. */
    @Test
    void sharedFiltersShouldBeSeenByAllBehindTheirOwn() throws Exception {
        server.james().users().addUser(TestJames.ADMINISTRATOR, TestJames.PASSWORD);
        try (ImapTestClient administrator = server.connectAs(TestJames.ADMINISTRATOR)) {
            assertOk(administrator.command(
                "a SETMETADATA \"\" (/shared/filters/values/read \"SEEN\" /private/filters/values/mine \"ALL\")"));
            assertThat(alice.command("a SEARCH FILTER read")).startsWith("* SEARCH 1");
            assertThat(alice.command("a SEARCH FILTER mine")).last().asString().startsWith("a NO [UNDEFINED-FILTER mine] ");
            assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/read \"UNSEEN\")"));
            assertThat(alice.command("a SEARCH FILTER read")).first().isEqualTo("* SEARCH");
            assertThat(alice.command("a GETMETADATA \"\" (/shared/filters/values/read /private/filters/values/read)")).first()
                .isEqualTo("* METADATA \"\" (/shared/filters/values/read \"SEEN\" /private/filters/values/read \"UNSEEN\")");
            assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/read NIL)"));
            assertThat(alice.command("a SEARCH FILTER read")).startsWith("* SEARCH 1");
            assertOk(administrator.command("a SETMETADATA \"\" (/shared/filters/values/read NIL)"));
            assertThat(alice.command("a SEARCH FILTER read")).last().asString().startsWith("a NO [UNDEFINED-FILTER read] ");
        } finally {
            server.james().users().removeUser(TestJames.ADMINISTRATOR);
        }
    }

    @Test
    void filtersShouldNotMultiply() throws Exception {
        for (int level = 0; level < 9; level++) {
            String value = level == 0 ? "ALL" : ("FILTER level" + (level - 1) + " ").repeat(200).strip();
            assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/level" + level + " \"" + value + "\")"));
        }
        assertThat(alice.command("a SEARCH FILTER level1")).startsWith("* SEARCH 1");
        assertThat(alice.command("a SEARCH FILTER level8")).last().asString().startsWith("a NO [LIMIT] ");
    }

    /** What takes no decision is gone through for each message as well. */
    @Test
    void keysThatAreTrueOfAllShouldNotMultiplyEither() throws Exception {
        for (String key : List.of("ALL", "SAVEDATESUPPORTED", "NOT NOT NOT NOT ALL")) {
            String value = (key + " ").repeat(200).strip();
            assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/all \"" + value + "\")"));
            assertThat(alice.command("a SEARCH FILTER all")).last().asString().startsWith("a OK");
            assertThat(alice.command("a SEARCH" + " FILTER all".repeat(900))).last().asString().startsWith("a NO [LIMIT] ");
        }
    }

    @Test
    void depthsShouldNotAddUp() throws Exception {
        String deep = "NOT ".repeat(90);
        for (int level = 0; level < 9; level++) {
            String value = level == 0 ? deep + "SEEN" : deep + "FILTER level" + (level - 1);
            assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/level" + level + " \"" + value + "\")"));
        }
        assertThat(alice.command("a SEARCH FILTER level1")).startsWith("* SEARCH 1");
        assertThat(alice.command("a SEARCH FILTER level8")).last().asString().startsWith("a NO [LIMIT] ");
    }

    @Test
    void nestingShouldEndSomewhere() throws Exception {
        for (int level = 0; level < 11; level++) {
            String value = level == 0 ? "SEEN" : "FILTER level" + (level - 1);
            assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/level" + level + " \"" + value + "\")"));
        }
        assertThat(alice.command("a SEARCH FILTER level9")).startsWith("* SEARCH 1");
        assertThat(alice.command("a SEARCH FILTER level10")).last().asString().startsWith("a NO [UNDEFINED-FILTER level0] ");
    }

    @Test
    void annotationsShouldHaveLimits() throws Exception {
        String hundred = IntStream.range(0, 100).mapToObj(at -> "/private/filters/values/f" + at + " \"ALL\"")
            .collect(Collectors.joining(" "));
        assertOk(alice.command("a SETMETADATA \"\" (" + hundred + ")"));
        assertThat(alice.command("a SETMETADATA \"\" (/private/filters/values/more \"ALL\")")).last().asString()
            .startsWith("a NO [METADATA TOOMANY] ");
        assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/f1 \"SEEN\")"));
        assertOk(alice.command("a SETMETADATA \"\" (/private/filters/values/f1 NIL /private/filters/values/more \"ALL\")"));
        assertThat(alice.command("a SETMETADATA \"\" (/private/filters/values/f2 \"TEXT " + "x".repeat(4092) + "\")")).last().asString()
            .startsWith("a NO [METADATA MAXSIZE 4096] ");
        assertThat(alice.command("a SETMETADATA \"\" (/private/" + "x".repeat(200) + " \"y\")")).last().asString()
            .startsWith("a NO [CANNOT] ");
    }

    private static void assertOk(Iterable<String> answer) {
        assertThat(answer).last().asString().startsWith("a OK");
    }
}
