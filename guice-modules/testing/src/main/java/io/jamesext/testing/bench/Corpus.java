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
package io.jamesext.testing.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages of plain text, about 4 KB each, the same in every run. */
public final class Corpus {
    private static final long SEED = 20;
    private static final int WORDS = 2_000;
    private static final int WORDS_IN_A_LINE = 11;
    private static final int LINES = 45;
    private static final int SENDERS = 20;
    /** One message in so many holds the word that is searched for. */
    private static final int RARE_EVERY = 50;
    /** Occurs in every {@value #RARE_EVERY}th message and nowhere else. */
    public static final String RARE_WORD = "zymurgical";

    private final List<String> words;

    /** The same words in every run. */
    public Corpus() {
        Random random = new Random(SEED);
        words = Stream.generate(() -> word(random)).limit(WORDS).toList();
    }

    /** The message of that number. */
    public byte[] message(int number) {
        Random random = new Random(SEED + number);
        String text = IntStream.range(0, LINES).mapToObj(line -> line(random)).collect(Collectors.joining("\r\n"));
        String rare = number % RARE_EVERY == 0 ? RARE_WORD + "\r\n" : "";
        return String.join("\r\n",
            "Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)",
            "From: A Writer <" + sender(number % SENDERS) + ">",
            "To: alice@example.org",
            "Subject: " + line(random),
            "Message-ID: <bench." + number + "@example.org>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=us-ascii",
            "",
            text,
            rare).getBytes(StandardCharsets.US_ASCII);
    }

    /** How many of the first messages hold the rare word. */
    public static int withRareWord(int messages) {
        return (messages + RARE_EVERY - 1) / RARE_EVERY;
    }

    /** The address of one of the senders, who take turns. */
    public static String sender(int number) {
        return "writer" + number + "@example.org";
    }

    /** How many of the first messages this sender wrote. */
    public static int fromSender(int number, int messages) {
        return (messages - number + SENDERS - 1) / SENDERS;
    }

    private String line(Random random) {
        return IntStream.range(0, WORDS_IN_A_LINE).mapToObj(i -> words.get(random.nextInt(WORDS))).collect(Collectors.joining(" "));
    }

    private static String word(Random random) {
        return random.ints(4 + random.nextInt(5), 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }
}
