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

package io.jamesext.lemonade.imap.sort;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** Random orders of random messages are what a plain reading of RFC 5256 and RFC 5957 says. */
@BothBackends
class SortModelTest {
    private static final DateTimeFormatter SENT = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss Z", Locale.ROOT);
    private static final DateTimeFormatter ARRIVED = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.ROOT);
    private static final List<String> WORDS = List.of("alpha", "bravo", "charlie", "delta");
    private static final List<String> PREFIXES = List.of("", "Re: ", "FW: ", "[list] ", "[a] re[2]: ");
    private static final Map<String, Comparator<Message>> KEYS = Map.of(
        "ARRIVAL", Comparator.comparing(message -> message.arrived().toInstant()),
        "CC", text(message -> message.cc().map(Person::mailbox)),
        "DATE", Comparator.comparing(message -> message.sent().orElse(message.arrived()).toInstant()),
        "FROM", text(message -> message.from().map(Person::mailbox)),
        "SIZE", Comparator.comparing(message -> message.text().length()),
        "SUBJECT", text(Message::word),
        "TO", text(message -> message.to().map(Person::mailbox)),
        "DISPLAYFROM", text(message -> message.from().map(Person::display)),
        "DISPLAYTO", text(message -> message.to().map(Person::display)));

    private final Random random = new Random();
    private final List<Message> messages = new ArrayList<>();

    private record Person(Optional<String> name, String mailbox) {
        String display() {
            return name.orElse(mailbox + "@example.com");
        }

        String text() {
            return name.map(known -> known + " ").orElse("") + "<" + mailbox + "@example.com>";
        }
    }

    private record Message(int number, OffsetDateTime arrived, Optional<OffsetDateTime> sent, Content content) {
        private record Content(Optional<String> subject, Optional<String> word, Optional<Person> from, Optional<Person> to,
            Optional<Person> cc, String body) {
        }

        Optional<String> word() {
            return content.word();
        }

        Optional<Person> from() {
            return content.from();
        }

        Optional<Person> to() {
            return content.to();
        }

        Optional<Person> cc() {
            return content.cc();
        }

        String text() {
            return sent.map(date -> "Date: " + SENT.format(date) + "\r\n").orElse("")
                + content.subject().map(subject -> "Subject: " + subject + "\r\n").orElse("")
                + field("From", from()) + field("To", to()) + field("Cc", cc()) + "\r\n" + content.body() + "\r\n";
        }

        private static String field(String name, Optional<Person> person) {
            return person.map(known -> name + ": " + known.text() + ", Other <other@example.com>\r\n").orElse("");
        }
    }

    private static Comparator<Message> text(Function<Message, Optional<String>> text) {
        return Comparator.comparing(message -> text.apply(message).orElse("").toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sortShouldBeThatOfTheModel(long seed) throws Exception {
        boolean memory = System.getProperty("jamesext.backend", "memory").equals("memory");
        random.setSeed(seed);
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient client = server.connectAs(ImapTestServer.ALICE)) {
            IntStream.rangeClosed(1, memory ? 60 : 20).mapToObj(this::message).forEach(messages::add);
            for (Message message : messages) {
                client.write("p APPEND INBOX \"" + ARRIVED.format(message.arrived()) + "\" {" + message.text().length() + "+}\r\n"
                    + message.text() + "\r\n");
                assertThat(client.until("p ")).last().asString().startsWith("p OK");
            }
            client.command("s SELECT INBOX");
            for (int round = 0; round < (memory ? 200 : 40); round++) {
                compare(client, seed);
            }
        }
    }

    private void compare(ImapTestClient client, long seed) throws Exception {
        Comparator<Message> order = Comparator.comparing(message -> 0);
        List<String> criteria = new ArrayList<>();
        for (int at = 1 + random.nextInt(4); at > 0; at--) {
            String key = pick(KEYS.keySet().stream().sorted().toList());
            boolean reverse = random.nextBoolean();
            Comparator<Message> one = Optional.ofNullable(KEYS.get(key)).orElseThrow();
            criteria.add((reverse ? "REVERSE " : "") + key);
            order = order.thenComparing(reverse ? one.reversed() : one);
        }
        int first = 1 + random.nextInt(messages.size());
        String expected = messages.stream().filter(message -> message.number() >= first)
            .sorted(order.thenComparing(Message::number)).map(message -> " " + message.number()).reduce("* SORT", String::concat);
        String command = "SORT (" + String.join(" ", criteria) + ") UTF-8 " + first + ":*";
        assertThat(client.command("a " + command)).as("seed %d: %s", seed, command).startsWith(expected);
    }

    private Message message(int number) {
        Optional<String> word = maybe(pick(WORDS));
        return new Message(number, date(), maybe(date()), new Message.Content(
            word.map(known -> pick(PREFIXES) + (random.nextBoolean() ? known : known.toUpperCase(Locale.ROOT))), word,
            maybe(person()), maybe(person()), maybe(person()), "x".repeat(random.nextInt(30))));
    }

    private Person person() {
        return new Person(maybe(pick(WORDS)), pick(WORDS));
    }

    /** Near enough to each other that zones matter. */
    private OffsetDateTime date() {
        return Instant.parse("2020-02-28T22:00:00Z").plusSeconds(600L * random.nextInt(20))
            .atOffset(ZoneOffset.ofHours(random.nextInt(24) - 12));
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
