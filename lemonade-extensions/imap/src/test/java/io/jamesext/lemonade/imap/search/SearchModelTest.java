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

package io.jamesext.lemonade.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** Random programs over random messages find what a plain reading of RFC 3501 section 6.4.4 says. */
@BothBackends
class SearchModelTest {
    /** No word is part of another one, so that an index of words finds what a search for strings does. */
    private static final List<String> WORDS = List.of("alpha", "bravo", "charlie", "delta", "foxtrot", "golf", "hotel", "juliett", "kilo");
    private static final List<String> FLAGS = List.of("\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen", "$Forwarded", "$Junk");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ROOT);
    private static final DateTimeFormatter HEADER_DAY = DateTimeFormatter.ofPattern("EEE, d MMM yyyy", Locale.ROOT);
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 2, 25);
    private static final int DAYS = 8;

    private final Random random = new Random();
    private final List<Message> messages = new ArrayList<>();

    /** What is known of a message, as the test made it. */
    private record Message(int number, Set<String> flags, LocalDate arrived, Optional<LocalDate> sent, Content content) {
        /** The fields have no value in common with the body but by chance. */
        private record Content(String from, String subject, Optional<String> list, String body) {
        }

        String text() {
            return sent.map(day -> "Date: " + HEADER_DAY.format(day) + " 23:59:00 -0700\r\n").orElse("")
                + "From: " + content.from() + "\r\nSubject: " + content.subject() + "\r\n"
                + content.list().map(list -> "List-Id: " + list + "\r\n").orElse("") + "\r\n" + content.body() + "\r\n";
        }

        int sizeBytes() {
            return text().length();
        }
    }

    /** A program and what it means. */
    private record Program(String text, Predicate<Message> meaning) {
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void searchShouldFindWhatTheModelFinds(long seed) throws Exception {
        // On real stores a search takes a hundred times as long.
        boolean memory = System.getProperty("jamesext.backend", "memory").equals("memory");
        compare(seed, memory ? 60 : 20, memory ? 400 : 40);
    }

    private void compare(long seed, int messageCount, int programs) throws Exception {
        random.setSeed(seed);
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            IntStream.rangeClosed(1, messageCount).mapToObj(this::message).forEach(messages::add);
            for (Message message : messages) {
                append(client, message);
            }
            client.command("s SELECT INBOX");
            List<Long> uids = numbers(client.command("u UID SEARCH ALL"));
            assertThat(uids).hasSize(messageCount);
            for (int at = 0; at < programs; at++) {
                Program program = program(4);
                List<Integer> expected = messages.stream().filter(program.meaning()).map(Message::number).toList();
                assertThat(numbers(client.command("a SEARCH " + program.text()))).as("seed %d: SEARCH %s", seed, program.text())
                    .containsExactlyElementsOf(expected.stream().map(Integer::longValue).toList());
                assertThat(numbers(client.command("b UID SEARCH " + program.text()))).as("seed %d: UID SEARCH %s", seed, program.text())
                    .containsExactlyElementsOf(expected.stream().map(number -> uids.get(number - 1)).toList());
            }
        }
    }

    private static void append(ImapTestClient client, Message message) throws Exception {
        String text = message.text();
        client.write("p APPEND INBOX (" + String.join(" ", message.flags()) + ") \""
            + String.format("%2d", message.arrived().getDayOfMonth()) + DAY.format(message.arrived()).replaceFirst("^\\d+", "")
            + " 23:00:00 +0000\" {" + text.getBytes(StandardCharsets.US_ASCII).length + "+}\r\n" + text + "\r\n");
        assertThat(client.until("p ")).last().asString().startsWith("p OK");
    }

    private static List<Long> numbers(List<String> answer) {
        assertThat(answer).last().asString().contains(" OK ");
        return answer.stream().filter(line -> line.startsWith("* SEARCH")).findFirst().stream()
            .flatMap(line -> List.of(line.split(" ")).stream().skip(2)).map(Long::valueOf).toList();
    }

    private Message message(int number) {
        Set<String> flags = FLAGS.stream().filter(flag -> random.nextInt(3) == 0).collect(Collectors.toCollection(TreeSet::new));
        return new Message(number, flags, day(), random.nextInt(5) == 0 ? Optional.empty() : Optional.of(day()),
            new Message.Content(word() + "@example.com", word() + " " + word(),
                random.nextInt(3) == 0 ? Optional.of(word()) : Optional.empty(),
                IntStream.range(0, 1 + random.nextInt(12)).mapToObj(at -> word()).collect(Collectors.joining(" "))));
    }

    private Program program(int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0, 1 -> {
                Program one = program(depth - 1);
                Program other = program(depth - 1);
                yield new Program("OR " + one.text() + " " + other.text(), one.meaning().or(other.meaning()));
            }
            case 2, 3, 4 -> {
                Program one = program(depth - 1);
                Program other = program(depth - 1);
                yield new Program("(" + one.text() + " " + other.text() + ")", one.meaning().and(other.meaning()));
            }
            case 5 -> {
                Program one = program(depth - 1);
                yield new Program("NOT " + one.text(), one.meaning().negate());
            }
            default -> leaf();
        };
    }

    private Program leaf() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> flag();
            case 2 -> set();
            case 3, 4 -> date();
            case 5 -> size();
            default -> text();
        };
    }

    private Program flag() {
        String flag = pick(FLAGS);
        boolean set = random.nextBoolean();
        String name = flag.startsWith("\\") ? (set ? "" : "UN") + flag.substring(1).toUpperCase(Locale.ROOT)
            : (set ? "KEYWORD " : "UNKEYWORD ") + flag;
        return new Program(name, message -> message.flags().contains(flag) == set);
    }

    private Program set() {
        int one = 1 + random.nextInt(messages.size());
        int other = 1 + random.nextInt(messages.size() + 5);
        int last = messages.size();
        return switch (random.nextInt(4)) {
            case 0 -> new Program(one + ":" + other, message -> message.number() >= Math.min(one, other)
                && message.number() <= Math.max(one, other));
            case 1 -> new Program(other + ":*", message -> message.number() >= Math.min(other, last));
            case 2 -> new Program("*," + one, message -> message.number() == one || message.number() == last);
            default -> new Program("UID 1:4294967295", message -> true);
        };
    }

    private Program date() {
        LocalDate day = day();
        String text = DAY.format(day);
        return switch (random.nextInt(7)) {
            case 0 -> new Program("BEFORE " + text, message -> message.arrived().isBefore(day));
            case 1 -> new Program("ON " + text, message -> message.arrived().equals(day));
            case 2 -> new Program("SINCE " + text, message -> !message.arrived().isBefore(day));
            case 3 -> new Program("SENTBEFORE " + text, message -> message.sent().filter(sent -> sent.isBefore(day)).isPresent());
            case 4 -> new Program("SENTON " + text, message -> message.sent().filter(day::equals).isPresent());
            case 5 -> new Program("SENTSINCE " + text, message -> message.sent().filter(sent -> !sent.isBefore(day)).isPresent());
            default -> new Program("OLDER 3600", message -> true);
        };
    }

    private Program size() {
        int size = pick(messages).sizeBytes();
        return random.nextBoolean() ? new Program("LARGER " + size, message -> message.sizeBytes() > size)
            : new Program("SMALLER " + size, message -> message.sizeBytes() < size);
    }

    private Program text() {
        String word = word();
        String written = random.nextBoolean() ? word : word.toUpperCase(Locale.ROOT);
        String piece = word.substring(1, word.length() - 1);
        return switch (random.nextInt(7)) {
            case 0 -> new Program("FROM " + piece, message -> message.content().from().contains(piece));
            case 1 -> new Program("SUBJECT \"" + written + "\"", message -> message.content().subject().contains(word));
            case 2 -> new Program("HEADER List-Id " + piece, message -> message.content().list().filter(list -> list.contains(piece))
                .isPresent());
            case 3 -> new Program("HEADER list-id \"\"", message -> message.content().list().isPresent());
            case 4 -> new Program("BODY " + written, message -> message.content().body().contains(word));
            case 5 -> new Program("TEXT " + written, message -> message.text().contains(word));
            default -> new Program("CC \"\"", message -> false);
        };
    }

    private LocalDate day() {
        return FIRST_DAY.plusDays(random.nextInt(DAYS));
    }

    private String word() {
        return pick(WORDS);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
