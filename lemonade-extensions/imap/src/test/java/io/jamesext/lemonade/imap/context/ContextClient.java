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
package io.jamesext.lemonade.imap.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import io.jamesext.lemonade.imap.ImapTestClient;

/** A client that holds the results of searching commands by nothing but what RFC 5267 has the server tell it. */
final class ContextClient {
    private static final Pattern ESEARCH = Pattern.compile("\\* ESEARCH \\(TAG \"(\\w+)\"\\)( UID)?(.*)");
    private static final Pattern UPDATE = Pattern.compile(" (ADDTO|REMOVEFROM) \\(([^)]*)\\)");
    private static final Pattern ALL = Pattern.compile(" ALL (\\S+)");
    private static final Pattern EXPUNGE = Pattern.compile("\\* (\\d+) EXPUNGE");
    private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (\\S+)");

    private final ImapTestClient connection;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private long exists;

    /** What was asked for, and what the client believes its results are. */
    record Held(String command, boolean uids, List<Long> results) {
    }

    ContextClient(ImapTestClient connection) {
        this.connection = connection;
    }

    Map<String, Held> held() {
        return held;
    }

    /** Asks for updates. */
    void hold(String tag, String command, boolean uids) throws Exception {
        held.put(tag, new Held(command, uids, new ArrayList<>()));
        run(tag + " " + (uids ? "UID " : "") + command.replaceFirst(" ", " RETURN (UPDATE ALL) "));
    }

    /** Sends a command and believes the untagged responses in their order. */
    List<String> run(String command) throws Exception {
        List<String> lines = connection.command(command);
        lines.forEach(this::believe);
        assertThat(lines).last().asString().startsWith(command.substring(0, command.indexOf(' ')) + " OK");
        return lines;
    }

    /** Is idle until the server has said so. */
    void idle() throws Exception {
        connection.write("idle IDLE\r\n");
        connection.until("+ ").forEach(this::believe);
        connection.write("DONE\r\n");
        connection.until("idle ").forEach(this::believe);
    }

    private void believe(String line) {
        Matcher matcher = EXISTS.matcher(line);
        if (matcher.matches()) {
            exists = Long.parseLong(matcher.group(1));
        }
        matcher = EXPUNGE.matcher(line);
        if (matcher.matches()) {
            expunged(Long.parseLong(matcher.group(1)));
        }
        matcher = VANISHED.matcher(line);
        if (matcher.matches()) {
            List<Long> gone = expand(matcher.group(1));
            exists -= gone.size();
            held.values().forEach(one -> assertThat(one.results()).as("%s after %s", one, line).doesNotContainAnyElementsOf(gone));
        }
        matcher = ESEARCH.matcher(line);
        if (matcher.matches() && held.containsKey(matcher.group(1))) {
            Held one = held.get(matcher.group(1));
            assertThat(matcher.group(2) != null).as(line).isEqualTo(one.uids());
            esearch(one, matcher.group(3), line);
        }
    }

    private void expunged(long number) {
        assertThat(number).isLessThanOrEqualTo(exists);
        exists--;
        held.values().stream().filter(one -> !one.uids()).forEach(one -> {
            assertThat(one.results()).as("%s: EXPUNGE %d before REMOVEFROM", one, number).doesNotContain(number);
            one.results().replaceAll(other -> other > number ? other - 1 : other);
        });
    }

    private void esearch(Held one, String items, String line) {
        Matcher all = ALL.matcher(items);
        if (all.find()) {
            one.results().addAll(expand(all.group(1)));
        }
        Matcher update = UPDATE.matcher(items);
        while (update.find()) {
            String[] words = update.group(2).split(" ");
            for (int at = 0; at < words.length; at += 2) {
                step(one, update.group(1).equals("ADDTO"), Integer.parseInt(words[at]), expand(words[at + 1]), line);
            }
        }
        if (!one.uids()) {
            assertThat(one.results()).as("%s: numbers before EXISTS", line).allMatch(number -> number <= exists);
        }
    }

    private static void step(Held one, boolean add, int position, List<Long> numbers, String line) {
        assertThat(position).as(line).isPositive();
        if (add) {
            assertThat(one.results()).as("%s twice in %s", line, one).doesNotContainAnyElementsOf(numbers);
            one.results().addAll(position - 1, numbers);
        } else {
            List<Long> removed = one.results().subList(position - 1, position - 1 + numbers.size());
            assertThat(removed).as("%s of %s", line, one).isEqualTo(numbers);
            removed.clear();
        }
    }

    /** The numbers of a sequence-set in its order. */
    static List<Long> expand(String set) {
        List<Long> numbers = new ArrayList<>();
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            long first = Long.parseLong(ends[0]);
            long last = Long.parseLong(ends[ends.length - 1]);
            assertThat(first).as("RFC 5267 section 3.2: %s", set).isLessThanOrEqualTo(last);
            LongStream.rangeClosed(first, last).forEach(numbers::add);
        }
        return numbers;
    }
}
