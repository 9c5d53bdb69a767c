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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.ximss.op.XimssOperation;

/** Holds the table of operations, the transcripts and the README's status table together. */
class OperationsTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(?<verb>\\w+)`[^|]*\\| (?<status>works|partial: .+|not yet) *\\|$",
        Pattern.MULTILINE);
    /** The text has 57 entries; readStrings is one operation in two chapters. */
    private static final int ENTRIES = 57;
    private static final String BEYOND = "### Beyond the text";

    static Operations<XimssOperation<?>> table(TestJames james) throws Exception {
        ServerSettings server = new ServerSettings("host.example", true, Duration.ZERO, new BaseHierarchicalConfiguration());
        return XimssOperations.of(XimssTestServer.services(james), new XimssSettings(server, false, 1000, ZoneOffset.UTC, false));
    }

    @Test
    void everyOperationShouldHaveATranscript() throws Exception {
        Set<String> transcripts = Transcript.all(OperationsTest.class, "/transcripts").stream().map(Transcript::name)
            .collect(Collectors.toSet());
        table(TestJames.create()).names().forEach(name -> assertThat(transcripts).contains(name + ".txt"));
    }

    @Test
    void statusTableShouldSayWhatTheTableOfOperationsSays() throws Exception {
        List<String> names = table(TestJames.create()).names();
        Map<String, Boolean> rows = new TreeMap<>();
        int count = 0;
        int beyond = 0;
        String readme = Files.readString(Path.of("README.md"));
        Matcher row = ROW.matcher(readme);
        while (row.find()) {
            rows.put(row.group("verb"), !row.group("status").equals("not yet"));
            count += row.start() < readme.indexOf(BEYOND) ? 1 : 0;
            beyond += row.start() < readme.indexOf(BEYOND) ? 0 : 1;
        }
        assertThat(count).isEqualTo(ENTRIES);
        assertThat(rows).hasSize(ENTRIES - 1 + beyond);
        rows.forEach((verb, exists) -> assertThat(names.contains(verb)).as(verb).isEqualTo(exists));
        assertThat(rows.keySet()).containsAll(names);
    }
}
