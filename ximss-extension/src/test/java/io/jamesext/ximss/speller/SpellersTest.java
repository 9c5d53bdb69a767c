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
package io.jamesext.ximss.speller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.kernel.failure.ProtocolException;

class SpellersTest {
    @TempDir
    Path folder;
    private Spellers spellers = new Spellers(Optional.empty());

    @BeforeEach
    void setUp() {
        spellers = new Spellers(Optional.of(folder));
    }

    private void write(String name, String affixes, String words, Charset charset) throws Exception {
        Files.writeString(folder.resolve(name + ".aff"), affixes, charset);
        Files.writeString(folder.resolve(name + ".dic"), words, charset);
    }

    @Test
    void thereShouldBeNoneWithoutAFolder() throws Exception {
        Spellers none = new Spellers(Optional.empty());
        assertThat(none.names()).isEmpty();
        assertThatThrownBy(() -> none.check("en", "x")).hasMessage("no such spell checker");
    }

    /** A dictionary names its own encoding. */
    @Test
    void oldEncodingsShouldBeRead() throws Exception {
        write("de", "SET ISO8859-1\nTRY enißö\n", "1\nGröße\n", StandardCharsets.ISO_8859_1);
        assertThat(spellers.check("de", "Größe Grösse")).extracting(Misspelling::position, Misspelling::size)
            .containsExactly(tuple(8L, 7));
    }

    @Test
    void accentsShouldBeTakenTogether() throws Exception {
        write("de", "SET UTF-8\n", "1\nöl\n", StandardCharsets.UTF_8);
        assertThat(spellers.check("de", "o\u0308l o\u0308o\u0308l")).extracting(Misspelling::position, Misspelling::size)
            .containsExactly(tuple(5L, 7));
    }

    @Test
    void brokenDictionaryShouldBeTheOperatorsFaultAndMayBeMended() throws Exception {
        write("en", "SET UTF-8\nFLAG nonsense\n", "1\ngood\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> spellers.check("en", "good")).isNotInstanceOf(ProtocolException.class);
        write("en", "SET UTF-8\n", "1\ngood\n", StandardCharsets.UTF_8);
        assertThat(spellers.check("en", "good")).isEmpty();
    }

    @Test
    void tooLongATextShouldBeRefused() throws Exception {
        write("en", "SET UTF-8\n", "1\na\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> spellers.check("en", "a ".repeat(200_000))).isInstanceOf(ProtocolException.class);
        assertThat(spellers.check("en", "a ".repeat(100_000))).isEmpty();
    }

    /** Compounds and guesses without end: the check ends all the same, by an answer or by a refusal, and the next one runs. */
    @Test
    @Timeout(60)
    void slowTextShouldNotRunForEver() throws Exception {
        String words = IntStream.range(0, 26 * 26).mapToObj(i -> "" + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "/C")
            .collect(Collectors.joining("\n"));
        write("slow", "SET UTF-8\nTRY abcdefghijklmnopqrstuvwxyz\nCOMPOUNDFLAG C\nCOMPOUNDMIN 1\n", "676\n" + words,
            StandardCharsets.UTF_8);
        String text = IntStream.range(0, 4_000).mapToObj(i -> "ab".repeat(28) + "\u00e9" + (char) ('a' + i % 26)
            + (char) ('a' + i / 26 % 26) + (char) ('a' + i / 676)).collect(Collectors.joining(" "));
        try {
            assertThat(spellers.check("slow", text)).hasSize(4_000);
        } catch (ProtocolException e) {
            assertThat(e.text()).isEqualTo("the text takes too long to check");
        }
        assertThat(spellers.check("slow", "abcd")).isEmpty();
    }
}
