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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The draft has 135 figures with a conversation: each has to be named by a transcript or a test, which plays it. */
class FiguresTest {
    private static final Pattern NAMED = Pattern.compile("[Ff]igures? (\\d+(?:(?:,| and|, and| to) \\d+)*)");
    private static final Pattern RANGE = Pattern.compile("(\\d+) to (\\d+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @Test
    void eachConversationShouldBePlayed() throws IOException {
        Set<Integer> conversations = IntStream.concat(IntStream.rangeClosed(24, 26), IntStream.rangeClosed(29, 160)).boxed()
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(conversations).hasSize(135);
        assertThat(named()).containsAll(conversations);
    }

    private static Set<Integer> named() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            return files.filter(file -> file.toString().endsWith(".txt") || file.toString().endsWith("Test.java"))
                .flatMap(file -> NAMED.matcher(read(file)).results())
                .flatMap(found -> numbers(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<Integer> numbers(String list) {
        return Stream.concat(NUMBER.matcher(list).results().map(number -> Integer.valueOf(number.group())),
            RANGE.matcher(list).results().flatMap(range ->
                IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2))).boxed()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
