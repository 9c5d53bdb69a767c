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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The README's status table against the code's table. */
class ReadmeTest {
    private static final Pattern ROW = Pattern.compile("\\| `(?<name>[^`]+)` \\| (?<status>works|partial: .+|not yet) \\|");
    private static final String COMMANDS = "CAPABILITY NOOP LOGOUT AUTHENTICATE SELECT EXAMINE CREATE DELETE RENAME SUBSCRIBE UNSUBSCRIBE "
        + "LIST STATUS APPEND GETKEY ADDKEY DELETEKEY LISTKEYS GETSIGNET ADDSIGNET DELETESIGNET LISTSIGNETS ENABLE XRESYNC CLOSE "
        + "EXPUNGE SEARCH FETCH STORE COPY SUBMIT UID";

    private static Map<String, String> rows(String heading) throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("basedir", "."), "README.md"));
        Matcher section = Pattern.compile("^#### " + heading + "\n(.*?)(?=^#|\\z)", Pattern.MULTILINE | Pattern.DOTALL).matcher(readme);
        assertThat(section.find()).as(heading).isTrue();
        return ROW.matcher(section.group(1)).results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (left, right) -> "twice"));
    }

    @Test
    void commandsShouldBeThoseOfTheDraftAndTrue() throws Exception {
        Map<String, String> rows = rows("Commands");
        Map<String, String> others = rows("Commands of extensions");
        assertThat(others).doesNotContainValue("twice").doesNotContainValue("not yet");
        List<String> all = Table.operations().names();
        assertThat(all).containsAll(others.keySet());
        List<String> done = all.stream().filter(name -> !others.containsKey(name)).toList();
        assertThat(rows.keySet()).containsExactlyInAnyOrder(COMMANDS.split(" "));
        assertThat(rows).doesNotContainValue("twice");
        assertThat(rows.entrySet().stream().filter(row -> !row.getValue().equals("not yet")).map(Map.Entry::getKey))
            .containsExactlyInAnyOrderElementsOf(done);
        assertThat(Stream.of(COMMANDS.split(" ")).filter(done::contains)).as("the draft's order").containsExactlyElementsOf(done);
    }

    @Test
    void searchKeysFetchItemsAndModesShouldAllHaveARow() throws Exception {
        assertThat(rows("Search keys").keySet()).containsExactlyInAnyOrder("sequence set", "ALL", "BEFORE", "DELETED", "LARGER", "NOT",
            "MODSEQ", "ON", "OR", "SEEN", "SINCE", "SMALLER", "UID", "UNDELETED", "UNSEEN");
        assertThat(rows("Fetch items").keySet()).containsExactlyInAnyOrder("BODY[]", "BODY.PEEK[]", "BODYSTRUCTURE", "FLAGS",
            "INTERNALDATE", "META", "MODSEQ", "SIZE", "UID");
        assertThat(rows("DMTP").keySet()).containsExactlyInAnyOrder("HELO", "EHLO", "STARTTLS", "MODE", "RSET", "NOOP", "QUIT", "SGNT",
            "HIST", "VRFY", "MAIL", "RCPT", "DATA", "HELP");
        assertThat(rows("Modes").keySet()).containsExactlyInAnyOrder("TRUSTFUL", "CAUTIOUS", "PARANOID");
    }
}
