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

package io.jamesext.lemonade.imap.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.lemonade.imap.sort.MessageRow;
import io.jamesext.lemonade.imap.sort.Rows;

/** RFC 5256, THREAD. */
class ThreadsTest {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss '+0000'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);
    private static final Pattern TOKEN = Pattern.compile("[()]|\\d+");
    private static final List<String> SUBJECTS = List.of("", "a", "Re: a", "b", "Fwd: B", "b (fwd)", "[list] A", "c");

    /** The answer of the example on page 12, without its line breaks. */
    @Test
    void exampleOfOrderedSubjectShouldBeThatOfTheText() {
        String threads = "(166)(167)(168)(169)(172)(170)(171)(173)(174 (175)(176)(178)(181)(180))(179)(177 (183)(182)(188)(184)(185)(186)"
            + "(187)(189))(190)(191)(192)(193)(194 195)(196 (197)(198))(199)(200 202)(201)(203)(204)(205)(206 207)(208)";
        List<MessageRow> rows = new ArrayList<>();
        String subject = "";
        int second = 0;
        int depth = 0;
        for (Matcher token = TOKEN.matcher(threads); token.find();) {
            if (token.group().matches("[()]")) {
                depth += token.group().equals("(") ? 1 : -1;
                subject = depth == 0 ? "" : subject;
            } else {
                subject = subject.isEmpty() ? token.group() : subject;
                rows.add(row(Long.parseLong(token.group()), second++, "Subject: Re: subject " + subject));
            }
        }
        rows.sort(Comparator.comparingLong(MessageRow::uid));
        assertThat(text(Algorithm.ORDEREDSUBJECT, rows)).isEqualTo(threads);
    }

    /** The third answer on page 12, and those of the chapter on the THREAD response. */
    @ParameterizedTest
    @ValueSource(strings = {
        "(166)(167)(168)(169)(172)((170)(179))(171)(173)((174)(175)(176)(178)(181)(180))((177)(183)(182)(188 (184)(189))(185 186)(187))"
            + "(190)(191)(192)(193)((194)(195 196))(197 198)(199)(200 202)(201)(203)(204)(205 206 207)(208)",
        "(2)(3 6 (4 23)(44 7 96))",
        "((3)(5))",
        ""})
    void examplesOfReferencesShouldBeThoseOfTheText(String threads) {
        assertThat(text(Algorithm.REFERENCES, rowsOf(threads))).isEqualTo(threads);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void threadsShouldBeThoseOfThePlainRestatement(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            List<String> headers = new ArrayList<>();
            List<MessageRow> rows = new ArrayList<>();
            int size = random.nextInt(14);
            for (int uid = 1; uid <= size; uid++) {
                StringBuilder header = new StringBuilder("Subject: ").append(SUBJECTS.get(random.nextInt(SUBJECTS.size()))).append("\r\n");
                if (random.nextInt(6) > 0) {
                    header.append("Message-ID: ").append(id(random, size)).append("\r\n");
                }
                header.append(random.nextInt(4) == 0 ? "In-Reply-To:" : "References:");
                for (int references = random.nextInt(5); references > 0; references--) {
                    header.append(' ').append(id(random, size));
                }
                headers.add(header.append("\r\n").toString());
                rows.add(row(uid, random.nextInt(5), header.toString()));
            }
            assertThat(text(Algorithm.REFERENCES, rows)).as("seed %d: %s", seed, headers).isEqualTo(RestatedReferences.of(rows));
        }
    }

    private static String id(Random random, int size) {
        return "<" + (char) ('a' + random.nextInt(size + 2)) + "@b>";
    }

    @Test
    void quotedIdentifiersShouldBeTheSame() {
        assertThat(text(Algorithm.REFERENCES, List.of(
            row(1, 0, "Subject: x\r\nMessage-ID: <\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>\r\n"),
            row(2, 1, "Subject: y\r\nReferences: <01KF8JCEOCBS0045PS@xxx.yyy.com>\r\n"),
            row(3, 2, "Subject: z\r\nReferences: nothing\r\nIn-Reply-To: <01KF8JCEOCBS0045PS@xxx.yyy.com> <no@one>\r\n"))))
            .isEqualTo("(1 (2)(3))");
    }

    @Test
    void equalDatesShouldBeInTheOrderOfTheMailbox() {
        List<MessageRow> rows = IntStream.rangeClosed(1, 5).mapToObj(uid -> row(uid, 0, "Subject: " + (uid % 2) + "\r\n")).toList();
        assertThat(text(Algorithm.ORDEREDSUBJECT, rows)).isEqualTo("(1 (3)(5))(2 4)");
        assertThat(text(Algorithm.REFERENCES, rows)).isEqualTo("((1)(3)(5))((2)(4))");
    }

    /** In whatever order the messages of one chain came. */
    @ParameterizedTest
    @ValueSource(strings = {"ascending", "descending", "random", "even first"})
    void longChainShouldBeOneThread(String arrival) {
        int size = 100_000;
        List<Integer> places = IntStream.range(0, size).boxed().collect(Collectors.toCollection(ArrayList::new));
        switch (arrival) {
            case "descending" -> Collections.reverse(places);
            case "random" -> Collections.shuffle(places, new Random(1));
            case "even first" -> places.sort(Comparator.comparing(place -> place % 2));
            default -> { }
        }
        List<MessageRow> rows = new ArrayList<>();
        for (int place : places) {
            rows.add(row(rows.size() + 1, place, "Subject: Re: x\r\nMessage-ID: <" + place + "@b>\r\nReferences: <" + (place - 2) + "@b> <"
                + (place - 1) + "@b>\r\n"));
        }
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            String text = text(Algorithm.REFERENCES, rows);
            assertThat(text).startsWith("(").endsWith(")").doesNotContain(")(").hasSizeGreaterThan(size * 5);
            assertThat(text(Algorithm.ORDEREDSUBJECT, rows)).contains("(");
        });
    }

    @Test
    void nestedThreadsShouldNotBeLimited() {
        // Each message but the last has two children: the answer is nested as deep as the mailbox is large.
        int size = 50_000;
        List<MessageRow> rows = new ArrayList<>();
        for (int place = 0; place < size; place++) {
            String parent = "References: <" + (place - 1) + "@b>\r\n";
            rows.add(row(2L * place + 1, place,
                "Subject: " + place + "\r\nMessage-ID: <" + place + "@b>\r\n" + (place == 0 ? "" : parent)));
            rows.add(row(2L * place + 2, place, "Subject: leaf\r\nMessage-ID: <leaf" + place + "@b>\r\nReferences: <" + place + "@b>\r\n"));
        }
        assertThat(text(Algorithm.REFERENCES, rows)).startsWith("(1 (2)(3 (4)(5 ").endsWith(")".repeat(1000));
    }

    @Test
    void hostileReferencesShouldBeBounded() {
        List<MessageRow> rows = new ArrayList<>();
        for (int uid = 1; uid <= 3000; uid++) {
            StringBuilder references = new StringBuilder("References:");
            for (int at = 0; at < 200; at++) {
                references.append(" <").append(uid * 1000 + at).append("@x>");
            }
            rows.add(row(uid, uid, "Subject: " + uid + "\r\nMessage-ID: <" + uid + "@b>\r\n" + references + "\r\n"));
        }
        assertThat(rows.get(0).values().links().references(Integer.MAX_VALUE)).hasSize(100);
        Assertions.assertTimeout(Duration.ofSeconds(20),
            () -> assertThat(text(Algorithm.REFERENCES, rows)).startsWith("(1)(2)(3)").endsWith("(3000)"));
    }

    private static MessageRow row(long uid, long second, String header) {
        String date = "Date: " + DATE.format(Instant.ofEpochSecond(second)) + "\r\n";
        return Rows.row(uid, 0, header + (header.endsWith("\n") ? "" : "\r\n") + date);
    }

    private static String text(Algorithm algorithm, List<MessageRow> rows) {
        return ThreadText.of(algorithm.threads(rows), MessageRow::uid);
    }

    /** Messages with these threads: each refers to all above it, siblings without a parent to one that is not there. */
    private static List<MessageRow> rowsOf(String threads) {
        Map<Long, MessageRow> rows = new TreeMap<>();
        Deque<String> lists = new ArrayDeque<>();
        String above = "";
        for (Matcher token = TOKEN.matcher(threads); token.find();) {
            switch (token.group()) {
                case "(" -> {
                    boolean nested = threads.startsWith("((", token.start());
                    lists.push(above);
                    above += nested ? " <no" + token.start() + "@b>" : "";
                }
                case ")" -> above = lists.pop();
                default -> {
                    long uid = Long.parseLong(token.group());
                    rows.put(uid, row(uid, rows.size(), "Subject: " + uid + "\r\nMessage-ID: <" + uid + "@b>\r\n"
                        + (above.isEmpty() ? "" : "References:" + above + "\r\n")));
                    above += " <" + uid + "@b>";
                }
            }
        }
        return new ArrayList<>(rows.values());
    }
}
