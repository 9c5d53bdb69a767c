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


package io.jamesext.lemonade.imap.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Plays a target the checked-in inputs of its corpus and inputs that are made of these by chance: as many in every build, always the
 * same ones, and for as long as {@code -Dfuzz=SECONDS} says, others each time. What makes a target fail is written to {@code target/}
 * to be checked in.
 */
public final class Fuzzing {
    private static final int INPUTS = 4000;
    private static final long SEED = 20_264;
    private static final int MAX_CHANGES = 6;

    private final String name;
    private final List<byte[]> corpus;
    private final List<byte[]> words;

    /**
     * On the corpus of that name.
     *
     * @param words what the target's language is made of
     */
    public Fuzzing(String name, String... words) throws IOException {
        this.name = name;
        this.corpus = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz", name))) {
            for (Path file : files.sorted().toList()) {
                corpus.add(Files.readAllBytes(file));
            }
        }
        this.words = Arrays.stream(words).map(word -> word.getBytes(StandardCharsets.ISO_8859_1)).toList();
    }

    /** Plays the corpus and what is made of it. */
    public void play(Consumer<byte[]> target) throws IOException {
        for (byte[] input : corpus) {
            play(target, input);
        }
        Duration time = Duration.ofSeconds(Long.getLong("fuzz", 0));
        Random random = new Random(time.isZero() ? SEED : System.nanoTime());
        long end = System.nanoTime() + time.toNanos();
        for (long i = 0; time.isZero() ? i < INPUTS : System.nanoTime() < end; i++) {
            play(target, made(random));
        }
    }

    private void play(Consumer<byte[]> target, byte[] input) throws IOException {
        try {
            target.accept(input);
        } catch (RuntimeException | Error failure) {
            Path found = Files.write(Files.createTempFile(Path.of("target"), "fuzz-" + name + "-", ""), input);
            throw new AssertionError("failed on what is in " + found, failure);
        }
    }

    private byte[] made(Random random) {
        byte[] input = corpus.get(random.nextInt(corpus.size()));
        int changes = 1 + random.nextInt(MAX_CHANGES);
        for (int i = 0; i < changes; i++) {
            int from = random.nextInt(input.length + 1);
            int to = Math.min(input.length, from + random.nextInt(8));
            input = switch (random.nextInt(6)) {
                case 0 -> replace(input, from, to, new byte[0]);
                case 1 -> replace(input, from, Math.min(input.length, from + 1), new byte[] {(byte) random.nextInt(256)});
                case 2 -> replace(input, from, to, words.get(random.nextInt(words.size())));
                case 3 -> replace(input, from, from, words.get(random.nextInt(words.size())));
                case 4 -> replace(input, from, from, Arrays.copyOfRange(input, from, to));
                default -> spliced(input, from, random);
            };
        }
        return input;
    }

    /** The beginning of one and the end of another. */
    private byte[] spliced(byte[] input, int at, Random random) {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        return replace(input, at, input.length, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
    }

    private static byte[] replace(byte[] input, int from, int to, byte[] by) {
        byte[] made = new byte[from + by.length + input.length - to];
        System.arraycopy(input, 0, made, 0, from);
        System.arraycopy(by, 0, made, from, by.length);
        System.arraycopy(input, to, made, from + by.length, input.length - to);
        return made;
    }
}
