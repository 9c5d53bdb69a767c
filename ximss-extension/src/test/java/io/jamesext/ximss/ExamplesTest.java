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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The 25 conversations that the text has as examples, by its lines, and what plays each, on both backends. */
class ExamplesTest {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");
    private static final Path TESTS = Path.of("src/test/java/io/jamesext/ximss");

    @ParameterizedTest
    @CsvSource({
        "32-35, noop.txt",
        "48-51, noopAlert.txt",
        "146-148, login.txt",
        "161-162, login.txt",
        "170-174, SaslTest.java",
        "323-335, readStrings.txt",
        "446-451, cliExecute.txt",
        "645-664, mailboxACLList.txt",
        "937-1005, specificationExample.txt",
        "1011-1015, messageCopy.txt",
        "1031-1057, specificationExample3.txt",
        "1110-1121, messageAppend.txt",
        "1144-1177, AttachmentExampleTest.java",
        "1243-1254, messageAppend.txt",
        "1261-1271, messageAppendFiles.txt",
        "1277-1284, messageAppend.txt",
        "1295-1306, secureSending.txt",
        "1351-1365, messageSubmit.txt",
        "1371-1387, messageSubmit.txt",
        "1390-1405, messageSubmit.txt",
        "1443-1447, messageRedirect.txt",
        "1561-1594, secureReading.txt",
        "1610-1663, SMIMEUnlock.txt",
        "1670-1683, secureSending.txt",
        "1698-1716, secureSending.txt"})
    void exampleShouldBePlayed(String lines, String player) throws IOException {
        String text = Files.readString((player.endsWith(".txt") ? TRANSCRIPTS : TESTS).resolve(player));
        Matcher said = Pattern.compile("\\b" + lines + "\\b").matcher(text);
        assertThat(said.find()).as("%s says that it plays lines %s of the text", player, lines).isTrue();
    }
}
