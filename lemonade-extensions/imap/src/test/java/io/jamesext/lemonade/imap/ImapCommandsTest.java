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
import java.util.List;

import org.junit.jupiter.api.Test;

/** The 24 commands of imap4-commands-q189325.txt: each has a row in the README and a part in the transcript. */
class ImapCommandsTest {
    /** In the document's order. */
    private static final List<String> COMMANDS = List.of("CAPABILITY", "NOOP", "LOGOUT", "AUTHENTICATE", "LOGIN", "SELECT", "EXAMINE",
        "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "LIST", "LSUB", "STATUS", "APPEND", "CHECK", "CLOSE", "EXPUNGE", "SEARCH",
        "FETCH", "STORE", "COPY", "UID");
    private static final String TRANSCRIPT = "/transcripts/imap4-commands.txt";

    @Test
    void theTranscriptShouldHaveAPartForEachCommand() throws Exception {
        List<String> parts = Files.readAllLines(Path.of("src/test/resources" + TRANSCRIPT)).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
        assertThat(parts).containsExactlyInAnyOrderElementsOf(COMMANDS);
    }

    @Test
    void theReadmeShouldHaveARowForEachCommand() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.startsWith("| IMAP4 command "))
            .skip(2)
            .takeWhile(line -> line.startsWith("| "))
            .toList();
        assertThat(rows).extracting(row -> row.split("`", -1)[1]).containsExactlyElementsOf(COMMANDS);
        assertThat(rows).allMatch(row -> row.matches("\\| `[A-Z]+` \\| (works|partial: .+|not yet) \\|"));
    }
}
