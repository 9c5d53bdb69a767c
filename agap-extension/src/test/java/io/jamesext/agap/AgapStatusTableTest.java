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
package io.jamesext.agap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.google.common.base.Splitter;

import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.session.Mechanism;

/** Holds the README's status table against the code, and the code against the transcripts. */
class AgapStatusTableTest {
    private static final List<String> COMMANDS = Splitter.on(' ').splitToList("QUIT AUTH CAPA SGZP STLS HASH PASS USER CHNG COPY CPYF "
        + "DATT DELE DELF EXIT FCPY FDEL FIND FMOV FSTO FTAG GTAG LIST MAKE MOVE MOVF NAME NOOP PNFO RETR SLCT SPAM STAG STAT STOR SUID "
        + "XCHG");
    private static final List<String> CAPABILITIES = Splitter.on(' ').splitToList("ADDR AUTH-PLAIN AUTH-PRESENCE AUTH-PRESENCE-MD5 "
        + "AUTH-PRESENCE-SHA1 AUTH-MD5 AUTH-SHA1 AUTH-STORING AUTH-STORING-MD5 AUTH-STORING-SHA1 CALE CHNG CONF FILE FILT JRNL MESG "
        + "NOTE PNFO SGZP STLS TASK XCHG");
    private static final Pattern ROW = Pattern.compile(
        "(?m)^\\| (?<kind>[a-z ]+) \\| `(?<name>[^`]+)` \\| (?<status>works|partial: .+|not yet) \\|");

    private static Map<String, String> rows(String kind) throws Exception {
        return ROW.matcher(Files.readString(Path.of("README.md"))).results()
            .filter(row -> row.group(1).equals(kind))
            .collect(Collectors.toMap(row -> row.group(2), (MatchResult row) -> row.group(3)));
    }

    @Test
    void everyCommandShouldHaveARowThatTellsTheTruth() throws Exception {
        Map<String, String> rows = rows("command");
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(COMMANDS);
        assertThat(rows.entrySet().stream().filter(row -> !row.getValue().equals("not yet")).map(Map.Entry::getKey))
            .containsExactlyInAnyOrderElementsOf(OperationTable.all().stream().map(AgapOperation::name).toList());
        assertThat(rows("welcome")).hasSize(1);
    }

    @Test
    void theTableShouldBeInTheDraftsOrder() {
        List<String> names = OperationTable.all().stream().map(AgapOperation::name).toList();
        assertThat(names).isEqualTo(COMMANDS.stream().filter(names::contains).toList());
    }

    @Test
    void everythingElseShouldHaveARow() throws Exception {
        assertThat(rows("mechanism").keySet())
            .containsExactlyInAnyOrderElementsOf(List.of(Mechanism.values()).stream().map(Mechanism::mechanismName).toList());
        assertThat(rows("capability").keySet()).containsExactlyInAnyOrderElementsOf(CAPABILITIES);
        assertThat(rows("folder type").keySet())
            .containsExactlyInAnyOrderElementsOf(List.of(FolderType.values()).stream().map(FolderType::name).toList());
        assertThat(rows("filter rule")).hasSize(10);
        assertThat(rows("xml form").keySet()).containsExactlyInAnyOrder("VEVENT", "VALARM", "CONFIGURATION", "VCARD", "FILE", "FILTER",
            "VJOURNAL", "MESSAGE", "NOTE", "VTODO");
    }

    @Test
    void everyCommandShouldHaveATranscript() {
        for (AgapOperation<?> operation : OperationTable.all()) {
            assertThat(getClass().getResource("/transcripts/" + operation.name().toLowerCase(Locale.ROOT) + ".txt"))
                .as(operation.name()).isNotNull();
        }
        assertThat(getClass().getResource("/transcripts/welcome.txt")).isNotNull();
    }
}
