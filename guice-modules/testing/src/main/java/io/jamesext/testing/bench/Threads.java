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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** Short messages that answer each other, with many dates and subjects, in no order: for what sorts. The same in every run. */
final class Threads {
    /** In the subject of every {@value #RARE_EVERY}th thread, and nowhere else. */
    static final String RARE_WORD = "zymurgical";

    private static final int RARE_EVERY = 20;
    private static final int IN_A_THREAD = 8;
    /** A prime that is no factor of any number of messages here: threads and dates are spread over the mailbox. */
    private static final long STEP = 7_919;
    private static final long FIRST = Instant.parse("2005-01-01T00:00:00Z").getEpochSecond();
    private static final int BETWEEN_SECONDS = 1_800;
    private static final int LETTERS = 26;
    private static final int LONGEST_WORD = 9;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    private final int messages;

    Threads(int messages) {
        this.messages = messages;
    }

    /** The message that is appended at that place, from 0. */
    byte[] message(int place) {
        int number = (int) (place * STEP % messages);
        int thread = number / IN_A_THREAD;
        StringBuilder message = new StringBuilder()
            .append("Date: ").append(DATE.format(Instant.ofEpochSecond(FIRST + (long) number * BETWEEN_SECONDS)))
            .append("\r\nFrom: Writer ").append(number % LETTERS).append(" <writer").append(number % LETTERS).append("@example.org>")
            .append("\r\nTo: list@example.org\r\nSubject: ").append(number % IN_A_THREAD == 0 ? "" : "Re: ").append(subject(thread))
            .append("\r\nMessage-ID: ").append(id(number));
        if (number % IN_A_THREAD > 0) {
            message.append("\r\nIn-Reply-To: ").append(id(number - 1)).append("\r\nReferences:");
            for (int before = thread * IN_A_THREAD; before < number; before++) {
                message.append("\r\n ").append(id(before));
            }
        }
        return message.append("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n")
            .append("The text of message ").append(number).append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** How many messages have the rare word in their subject. */
    int withRareWord() {
        int found = 0;
        for (int thread = 0; thread * IN_A_THREAD < messages; thread += RARE_EVERY) {
            found += Math.min(IN_A_THREAD, messages - thread * IN_A_THREAD);
        }
        return found;
    }

    private static String subject(int thread) {
        Random random = new Random(thread);
        return (thread % RARE_EVERY == 0 ? RARE_WORD + " " : "") + word(random) + " " + word(random) + " " + word(random);
    }

    private static String word(Random random) {
        return random.ints(2 + random.nextInt(LONGEST_WORD), 'a', 'a' + LETTERS)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String id(int number) {
        return "<threads." + number + "@example.org>";
    }
}
