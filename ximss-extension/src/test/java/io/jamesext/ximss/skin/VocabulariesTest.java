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
package io.jamesext.ximss.skin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.apache.james.core.Domain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.ximss.reply.Strings;
import io.jamesext.ximss.xml.Element;

class VocabulariesTest {
    private static final Domain DOMAIN = Domain.of("example.org");

    @TempDir
    Path root;
    private Vocabularies vocabularies;

    @BeforeEach
    void setUp() {
        vocabularies = new Vocabularies(new Skins(root));
    }

    private Strings read(String skin, String language) throws Exception {
        return vocabularies.read(DOMAIN, skin, Optional.of(language), Optional.empty());
    }

    private static List<String> names(Element entry) {
        return entry.elements().map(word -> word.attribute("name").orElse("")).toList();
    }

    private static Element entry(Strings strings, String name) {
        return strings.entries().stream().filter(entry -> entry.required("name").equals(name)).findFirst().orElseThrow();
    }

    private void write(String file, String words) throws Exception {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "<strings>" + words + "</strings>");
    }

    /** What is not translated is English: only what are names of the protocol's may be left out. */
    @ParameterizedTest
    @ValueSource(strings = {"french", "german"})
    void languagesOfTheJarShouldBeComplete(String language) throws Exception {
        Strings english = read("", "");
        Strings other = read("", language);
        assertThat(other.entries()).hasSameSizeAs(english.entries()).allSatisfy(entry -> {
            Element original = entry(english, entry.required("name"));
            assertThat(names(entry)).isEqualTo(names(original));
            if (!entry.required("name").equals("KnownFields")) {
                assertThat(entry).isNotEqualTo(original);
            }
        });
    }

    @Test
    void moreParticularWordsShouldWin() throws Exception {
        write("strings.xml", "<string name=\"a\">1</string><string name=\"b\">1</string><string name=\"c\">1</string>"
            + "<string name=\"d\">1</string><string name=\"SendButton\">1</string>");
        write("example.org/strings.xml", "<string name=\"b\">2</string><string name=\"c\">2</string><string name=\"d\">2</string>");
        write("blue/strings.xml", "<string name=\"c\">3</string><string name=\"d\">3</string>");
        write("example.org/blue/strings.xml", "<string name=\"d\">4</string>");
        Strings words = read("blue", "");
        assertThat(List.of("a", "b", "c", "d", "SendButton")).extracting(name -> entry(words, name).text())
            .containsExactly("1", "2", "3", "4", "1");
        // A language of its own comes before what the operator has changed in English.
        assertThat(entry(read("", "german"), "SendButton").text()).isEqualTo("Senden");
    }

    @Test
    void languageShouldBeAnsweredAsItWasAskedFor() throws Exception {
        write("strings-pt-br.xml", "<string name=\"SendButton\">Enviar</string>");
        assertThat(read("", "pt-BR").language()).isEqualTo("pt-BR");
        assertThat(entry(read("", "pt-BR"), "SendButton").text()).isEqualTo("Enviar");
        assertThat(read("", "English").language()).isEmpty();
        assertThat(read("", "../german").language()).isEmpty();
    }

    @Test
    void changedFileShouldBeNewer() throws Exception {
        Files.setLastModifiedTime(root, FileTime.from(Instant.EPOCH));
        Instant before = read("", "").modified();
        write("strings.xml", "<string name=\"a\">1</string>");
        Files.setLastModifiedTime(root.resolve("strings.xml"), FileTime.from(Instant.parse("2039-01-01T00:00:00.7Z")));
        Instant after = read("", "").modified();
        assertThat(after).isEqualTo(Instant.parse("2039-01-01T00:00:00Z")).isAfter(before);
        assertThat(vocabularies.read(DOMAIN, "", Optional.empty(), Optional.of(before)).entries()).isNotEmpty();
        assertThat(vocabularies.read(DOMAIN, "", Optional.empty(), Optional.of(after)).entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<string>no name</string>", "<strings name=\"x\"><string>a</string><string name=\"b\">b</string></strings>",
        "<string name=\"x\"><b/></string>", "<other name=\"x\"/>", "<strings name=\"x\"><strings name=\"y\"/></strings>", "<", "&nbsp;"})
    void fileThatIsNoVocabularyShouldBeTheOperatorsFault(String words) throws Exception {
        write("strings.xml", words);
        assertThatThrownBy(() -> read("", "")).isInstanceOf(IllegalStateException.class).hasMessageContaining("strings.xml");
    }
}
