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

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of a mailbox again and again.
 *
 * @param title of the row
 * @param capability that a server has who can do it
 * @param operation what is repeated
 */
record OrderWork(String title, String capability, Operation operation) {
    private static final int SHOWN = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern PARTIAL = Pattern.compile(".* PARTIAL \\(1:" + SHOWN + " ([0-9,:]+)\\).*");
    private static final Pattern SET_PART = Pattern.compile("(\\d+)(?::(\\d+))?");

    /** What is repeated with one client, which has the mailbox selected. */
    interface Operation extends Closeable {
        /** Done once before. */
        default void prepare(ImapClient client) throws IOException {
        }

        /** Done once more; answers how many nanoseconds that took which count. */
        long nanos(ImapClient client) throws IOException;

        @Override
        default void close() throws IOException {
        }
    }

    /** How another client is made. */
    interface LogIn {
        ImapClient client() throws IOException;
    }

    /** All of them, in the order of the table, for a mailbox with so many messages of {@link Threads}. */
    static List<OrderWork> all(String mailbox, int messages, LogIn others) {
        String of = String.format(Locale.ROOT, " of %,d messages", messages);
        int rare = new Threads(messages).withRareWord();
        return List.of(
            new OrderWork("SORT by date" + of, "SORT", asked("SORT (DATE) UTF-8 ALL", line -> numbers(line, "* SORT ") == messages)),
            new OrderWork("SORT by subject" + of, "SORT", asked("SORT (SUBJECT) UTF-8 ALL", line -> numbers(line, "* SORT ") == messages)),
            new OrderWork("SORT RETURN (PARTIAL 1:" + SHOWN + ") by subject" + of, "ESORT",
                asked("SORT RETURN (PARTIAL 1:" + SHOWN + ") (SUBJECT) UTF-8 ALL", OrderWork::isFirstPage)),
            new OrderWork("SEARCH RETURN (COUNT) by a word of the subject" + of, "ESEARCH",
                asked("SEARCH RETURN (COUNT) SUBJECT " + Threads.RARE_WORD, line -> line.endsWith(" COUNT " + rare))),
            new OrderWork("THREAD REFERENCES" + of, "THREAD=REFERENCES",
                asked("THREAD REFERENCES UTF-8 ALL", line -> line.startsWith("* THREAD (") && digits(line) == messages)),
            new OrderWork("a change told to a context of SEARCH" + of, "CONTEXT=SEARCH",
                new Context("SEARCH RETURN (UPDATE COUNT) FLAGGED", mailbox, others)),
            new OrderWork("a change told to a context of SORT by subject" + of, "CONTEXT=SORT",
                new Context("SORT RETURN (UPDATE COUNT) (SUBJECT) UTF-8 FLAGGED", mailbox, others)));
    }

    private static Operation asked(String command, Predicate<String> answer) {
        return client -> {
            long start = System.nanoTime();
            List<String> lines = client.command(command);
            long nanos = System.nanoTime() - start;
            if (lines.stream().noneMatch(answer)) {
                String shown = lines.toString();
                throw new IOException("wrong answer to " + command + ": " + shown.substring(0, Math.min(shown.length(), 200)));
            }
            return nanos;
        };
    }

    private static int numbers(String line, String name) {
        return line.startsWith(name) ? line.substring(name.length()).strip().split(" ").length : 0;
    }

    private static int digits(String line) {
        int runs = 0;
        boolean before = false;
        for (int at = 0; at < line.length(); at++) {
            boolean digit = Character.isDigit(line.charAt(at));
            runs += digit && !before ? 1 : 0;
            before = digit;
        }
        return runs;
    }

    private static boolean isFirstPage(String line) {
        Matcher page = PARTIAL.matcher(line);
        return page.matches() && SET_PART.matcher(page.group(1)).results()
            .mapToLong(part -> part.group(2) == null ? 1 : Math.abs(Long.parseLong(part.group(2)) - Long.parseLong(part.group(1))) + 1)
            .sum() == SHOWN;
    }

    /** Another client flags a message or takes the flag away, which does not count; then the first one asks until it is told. */
    private static final class Context implements Operation {
        /** So far apart are the messages that change, among the first ones. */
        private static final int STEP = 977;
        private static final int CHANGED = 1_000;

        private final String command;
        private final String mailbox;
        private final LogIn others;
        private Optional<ImapClient> other = Optional.empty();
        private String tag = "";
        private long round;

        Context(String command, String mailbox, LogIn others) {
            this.command = command;
            this.mailbox = mailbox;
            this.others = others;
        }

        @Override
        public void prepare(ImapClient client) throws IOException {
            ImapClient second = others.client();
            other = Optional.of(second);
            second.command("SELECT " + mailbox);
            tag = client.begin(command);
            List<String> answer = client.finish(tag);
            if (answer.stream().noneMatch(line -> line.startsWith("* ESEARCH ")) || answer.toString().contains("NOUPDATE")) {
                throw new IOException("there is no context: " + answer);
            }
        }

        @Override
        public long nanos(ImapClient client) throws IOException {
            boolean added = round % 2 == 0;
            change(other.orElseThrow());
            String told = added ? " ADDTO (" : " REMOVEFROM (";
            long start = System.nanoTime();
            while (client.command("NOOP").stream().noneMatch(line -> line.contains("(TAG \"" + tag + "\")") && line.contains(told))) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IOException("the context was not told of a change");
                }
            }
            return System.nanoTime() - start;
        }

        private void change(ImapClient changing) throws IOException {
            long number = 1 + round / 2 * STEP % CHANGED;
            changing.command("STORE " + number + (round % 2 == 0 ? " +" : " -") + "FLAGS.SILENT (\\Flagged)");
            round++;
        }

        @Override
        public void close() throws IOException {
            if (other.isPresent()) {
                try (ImapClient changing = other.get()) {
                    // The next one finds the mailbox as this one did: what is flagged already is no change.
                    if (round % 2 == 1) {
                        change(changing);
                    }
                }
            }
        }
    }
}
