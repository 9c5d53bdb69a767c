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
package io.jamesext.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;

import io.jamesext.testing.bench.ImapClient;
import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.StockJamesExtension;

/** Random commands over DMAP and over IMAP to the same mailboxes: both show what a model of them says, and the same of each message. */
@ExtendWith(StockJamesExtension.class)
class DmapBesideImapIT {
    private static final String USER = "model@example.org";
    private static final int STEPS = 200;
    private static final List<String> MAILBOXES = List.of("One", "Two");
    private static final List<String> FLAGS = List.of("\\Seen", "\\Answered", "\\Flagged", "\\Draft", "work", "$Forwarded");
    private static final Pattern FETCHED = Pattern.compile("\\* \\d+ FETCH \\((.*)\\)");

    /** News go through James's event bus. */
    private static final ConditionFactory SOON = Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));

    private final StockJames james;
    /** By mailbox and UID. */
    private final Table<String, Long, Entry> model = TreeBasedTable.create();
    private int appended;

    /** A message as the model has it. */
    private record Entry(int number, Set<String> flags) {
        static byte[] message(int number) {
            return ("Subject: message " + number + "\r\n\r\n" + "x".repeat(number * 7) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** A message as a protocol shows it. */
    private record Shown(Set<String> flags, String size, String date, String modSeq, String content) {
    }

    DmapBesideImapIT(StockJames james) {
        this.james = james;
    }

    @Test
    void bothShouldShowWhatTheModelSays() throws IOException {
        james.create(USER);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ImapClient imap = ImapClient.logIn(james.ports().of(Listener.IMAP), USER, Accounts.PASSWORD);
                ImapClient dmap = ImapClient.dmap(james.ports().of(Listener.DMAP), USER, Accounts.PASSWORD)) {
            for (String mailbox : MAILBOXES) {
                imap.command("CREATE " + mailbox);
            }
            for (int step = 0; step < STEPS; step++) {
                String mailbox = MAILBOXES.get(random.nextInt(2));
                imap.command("SELECT " + mailbox);
                dmap.command("SELECT " + mailbox);
                change(random.nextBoolean() ? dmap : imap, mailbox, random, imap);
                String description = "step " + step + " of seed " + seed;
                SOON.untilAsserted(() -> {
                    Map<Long, Shown> byDmap = shown(dmap, "SIZE");
                    assertThat(byDmap).as(description).isEqualTo(shown(imap, "RFC822.SIZE"));
                    assertThat(known(byDmap)).as(description).isEqualTo(expected(mailbox));
                });
            }
        }
    }

    private void change(ImapClient client, String mailbox, Random random, ImapClient imap) throws IOException {
        List<Long> uids = List.copyOf(model.row(mailbox).keySet());
        if (uids.isEmpty() || random.nextInt(4) == 0) {
            client.append(mailbox, Entry.message(++appended));
            model.put(mailbox, newUid(imap, mailbox), new Entry(appended, Set.of()));
            return;
        }
        long some = uids.get(random.nextInt(uids.size()));
        switch (random.nextInt(6)) {
            case 0 -> expunge(client, mailbox, some, random);
            case 1 -> transfer("COPY", client, mailbox, some, imap);
            case 2 -> {
                transfer("MOVE", client, mailbox, some, imap);
                model.remove(mailbox, some);
            }
            default -> store(client, mailbox, some, random);
        }
    }

    private void store(ImapClient client, String mailbox, long uid, Random random) throws IOException {
        Set<String> named = new TreeSet<>(List.of(FLAGS.get(random.nextInt(FLAGS.size())), FLAGS.get(random.nextInt(FLAGS.size()))));
        Set<String> flags = new TreeSet<>(entry(mailbox, uid).flags());
        String mode = List.of("", "+", "-").get(random.nextInt(3));
        switch (mode) {
            case "+" -> flags.addAll(named);
            case "-" -> flags.removeAll(named);
            default -> flags = named;
        }
        client.command("UID STORE " + uid + " " + mode + "FLAGS (" + String.join(" ", named) + ")");
        model.put(mailbox, uid, new Entry(entry(mailbox, uid).number(), flags));
    }

    private void expunge(ImapClient client, String mailbox, long uid, Random random) throws IOException {
        client.command("UID STORE " + uid + " +FLAGS (\\Deleted)");
        client.command(random.nextBoolean() ? "EXPUNGE" : "UID EXPUNGE " + uid);
        model.remove(mailbox, uid);
    }

    private void transfer(String verb, ImapClient client, String mailbox, long uid, ImapClient imap) throws IOException {
        String target = mailbox.equals("One") ? "Two" : "One";
        client.command("UID " + verb + " " + uid + " " + target);
        imap.command("SELECT " + target);
        model.put(target, newUid(imap, target), entry(mailbox, uid));
        imap.command("SELECT " + mailbox);
    }

    /** The only one that the model does not have yet, larger than all others: RFC 9051 section 2.3.1.1. */
    private long newUid(ImapClient imap, String mailbox) {
        return SOON.until(() -> {
            Set<Long> uids = new TreeSet<>(shown(imap, "RFC822.SIZE").keySet());
            uids.removeAll(model.row(mailbox).keySet());
            return List.copyOf(uids);
        }, fresh -> fresh.size() == 1).get(0);
    }

    private Entry entry(String mailbox, long uid) {
        return Objects.requireNonNull(model.get(mailbox, uid));
    }

    /** What of a message the model knows: its flags, and the octets by their number and checksum. */
    private Map<Long, String> expected(String mailbox) {
        Map<Long, String> expected = new TreeMap<>();
        model.row(mailbox).forEach((uid, entry) -> {
            byte[] message = Entry.message(entry.number());
            CRC32 checksum = new CRC32();
            checksum.update(message);
            expected.put(uid, new TreeSet<>(entry.flags()) + " {" + message.length + "}" + Long.toHexString(checksum.getValue()));
        });
        return expected;
    }

    private static Map<Long, String> known(Map<Long, Shown> messages) {
        Map<Long, String> known = new TreeMap<>();
        messages.forEach((uid, shown) -> known.put(uid, new TreeSet<>(shown.flags()) + " " + shown.content()));
        return known;
    }

    private static Map<Long, Shown> shown(ImapClient client, String size) throws IOException {
        Map<Long, Shown> messages = new TreeMap<>();
        for (String line : client.command("UID FETCH 1:* (UID FLAGS INTERNALDATE MODSEQ BODY.PEEK[] " + size + ")")) {
            Matcher fetched = FETCHED.matcher(line);
            // News of flags come in between.
            if (fetched.matches() && line.contains("BODY[]")) {
                String items = fetched.group(1);
                messages.put(Long.valueOf(item(items, "UID (\\d+)")), new Shown(
                    Arrays.stream(item(items, "FLAGS \\(([^)]*)\\)").split(" ")).filter(flag -> !flag.isEmpty())
                        .filter(flag -> !flag.equals("\\Recent"))
                        .map(flag -> flag.equals("\\Forwarded") ? "$Forwarded" : flag).collect(Collectors.toSet()),
                    item(items, size.replace(".", "\\.") + " (\\d+)"), item(items, "INTERNALDATE \"([^\"]+)\"").trim(),
                    item(items, "MODSEQ \\(?(\\d+)"), item(items, "(\\{\\d+}[0-9a-f]+)")));
            }
        }
        return messages;
    }

    private static String item(String items, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(items);
        if (!found.find()) {
            throw new IOException(String.format(Locale.ROOT, "no %s in %s", pattern, items));
        }
        return found.group(1);
    }
}
