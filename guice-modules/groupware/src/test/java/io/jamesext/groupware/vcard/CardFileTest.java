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
package io.jamesext.groupware.vcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class CardFileTest {
    private static List<String> names(String text, Charset charset) throws IOException {
        CardFile file = CardFile.of(ByteSource.wrap(text.getBytes(charset)));
        List<String> names = new ArrayList<>();
        try (CardFile.Reading reading = file.open()) {
            for (int i = 0; i < file.pieces(); i++) {
                reading.next().forEach(card -> names.add(card.displayName()));
            }
            assertThat(reading.next()).isEmpty();
        }
        return names;
    }

    private static String card(String name) {
        return "BEGIN:VCARD\nVERSION:3.0\nFN:" + name + "\nEND:VCARD\n";
    }

    private static void assertRefused(Failure failure, String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(() -> names(text, StandardCharsets.UTF_8))
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(failure)));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, ''", "UTF-8, \uFEFF", "UTF-16, ''", "UTF-16LE, \uFEFF", "windows-1252, ''"})
    void cardsShouldBeReadInTheCharsetOfTheFile(String charset, String mark) throws IOException {
        assertThat(names(mark + card("Jürg") + card("Søren"), Charset.forName(charset))).containsExactly("Jürg", "Søren");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesShouldEndInAnyWay(String lineEnd) throws IOException {
        String text = "noise\n\n" + card("a\n b") + "END:VCARD\nFN:between\n" + card("c") + "begin:vgroup\nFN:d\nend:vgroup";
        assertThat(names(text.replace("\n", lineEnd), StandardCharsets.UTF_8)).containsExactly("ab", "c", "d");
    }

    @Test
    void cardsWithinCardsAndBrokenOnesShouldNotEndThem() throws IOException {
        String agent = "BEGIN:VCARD\nVERSION:2.1\nAGENT:\n" + card("inner") + "FN:a\nEND:VCARD\n";
        assertThat(names(agent + card("b") + "BEGIN:VEVENT\nEND:VEVENT\nBEGIN:VCARD\nFN:c\n", StandardCharsets.UTF_8))
            .containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "BEGIN:VEVENT\nEND:VEVENT\n", "FN:a\nEND:VCARD\n", "\uFEFF"})
    void fileWithoutCardsShouldBeRefused(String text) {
        assertRefused(Failure.SYNTAX, text);
    }

    @Test
    void tooManyCardsShouldBeRefused() throws IOException {
        assertThat(names(card("a").repeat(10_000), StandardCharsets.UTF_8)).hasSize(10_000);
        assertRefused(Failure.TOO_BIG, card("a").repeat(10_001));
        assertRefused(Failure.TOO_BIG, card("a") + "BEGIN:A\nEND:A\n".repeat(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "BEGIN:A\n", "FN:a\n", "\n x"})
    void cardThatIsTooBigShouldBeRefused(String piece) {
        assertRefused(Failure.TOO_BIG, card("a") + "BEGIN:VCARD\nNOTE:" + piece.repeat(5_000_000 / piece.length()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noFileShouldFailInAnotherWayThanTheProtocols(long seed) {
        Random random = new Random(seed);
        String[] pieces = {"BEGIN:VCARD", "END:VCARD", "begin:x", "END:", "FN:a", "\n", "\r\n", "\r", "\n", " ", "\uFEFF", "ü", "\0"};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                assertThat(names(text.toString(), random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1))
                    .isNotEmpty();
            } catch (ProtocolException e) {
                assertThat(e.failure()).isEqualTo(Failure.SYNTAX);
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }
}
