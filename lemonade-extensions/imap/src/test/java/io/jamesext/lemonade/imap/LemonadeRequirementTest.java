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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.BothBackends;

/** The README's status table, the code's table and a running listener say the same. */
@BothBackends
class LemonadeRequirementTest {
    private static final List<LemonadeRequirement> ALL = Stream.of(LemonadeRequirement.MESSAGE_STORE, LemonadeRequirement.SUBMISSION,
        LemonadeRequirement.DELIVERY).flatMap(List::stream).toList();

    @Test
    void readmeShouldHaveTheRowsOfTheCode() throws Exception {
        List<String[]> rows = Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals("## Status"))
            .takeWhile(line -> !line.equals("#### IMAP4 client commands"))
            .filter(line -> line.startsWith("| ") && !line.startsWith("| Requirement "))
            .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
            .toList();
        assertThat(rows).hasSameSizeAs(ALL);
        for (int i = 0; i < rows.size(); i++) {
            LemonadeRequirement requirement = ALL.get(i);
            assertThat(rows.get(i)).hasSize(3).startsWith(requirement.name(), requirement.document());
            String status = rows.get(i)[2];
            if (requirement.status() == LemonadeRequirement.Status.PARTIAL) {
                assertThat(status).startsWith("partial: ").hasSizeGreaterThan("partial: ".length());
            } else {
                assertThat(status).isEqualTo(requirement.status().word());
            }
        }
        assertThat(ALL.stream().map(LemonadeRequirement::name)).doesNotHaveDuplicates();
    }

    @Test
    void listenerShouldAdvertiseWhatTheTableSays() throws Exception {
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            List<String> advertised = Arrays.asList(client.command("a1 CAPABILITY").get(0).split(" "));
            for (LemonadeRequirement requirement : ALL) {
                requirement.capability().ifPresent(capability -> assertThat(advertised.contains(capability)).as(capability)
                    .isEqualTo(requirement.advertised() == LemonadeRequirement.Advertised.ALWAYS));
            }
        }
    }

    @Test
    void greetingAndLogInShouldSayTheCapabilities() throws Exception {
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient client = server.connect()) {
            String greeting = client.line();
            String before = client.command("a1 CAPABILITY").get(0);
            String logIn = client.command("a2 LOGIN alice@example.org secret").get(0);
            String after = client.command("a3 CAPABILITY").get(0);
            assertThat(capabilities(greeting)).containsExactlyInAnyOrder(capabilities(before));
            assertThat(capabilities(logIn)).containsExactlyInAnyOrder(capabilities(after));
        }
    }

    @Test
    void forwardedKeywordShouldBeKeptAndFound() throws Exception {
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            client.command("a1 CREATE other");
            client.command("a2 SELECT INBOX");
            client.write("a3 APPEND INBOX {9+}\r\nA: b\r\n\r\nc\r\n");
            client.until("a3 ");
            assertThat(client.command("a4 STORE 1 +FLAGS ($Forwarded $SubmitPending)")).last().asString().startsWith("a4 OK");
            client.command("a5 COPY 1 other");
            client.command("a6 SELECT other");
            assertThat(client.command("a7 SEARCH KEYWORD $Forwarded")).contains("* SEARCH 1");
            assertThat(client.command("a8 SEARCH KEYWORD $SubmitPending")).contains("* SEARCH 1");
        }
    }

    private static String[] capabilities(String line) {
        return line.substring(line.indexOf("CAPABILITY ") + "CAPABILITY ".length()).replaceAll("\\].*", "").toUpperCase(Locale.ROOT)
            .split(" ");
    }
}
