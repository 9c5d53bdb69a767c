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

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Over IMAP, with LIST-STATUS (RFC 5819) and QRESYNC (RFC 7162). */
final class ImapAccount implements MeasuredAccount {
    private static final String SEARCH = "* SEARCH ";
    private static final Pattern STATUS = Pattern.compile("\\* STATUS \"?(?<name>[^\"]+?)\"? \\((?<items>[^)]*)\\)");
    private static final Pattern MODSEQ = Pattern.compile(".*HIGHESTMODSEQ (\\d+).*");
    private static final Pattern VALIDITY = Pattern.compile(".*UIDVALIDITY (\\d+).*");

    private final ImapClient client;
    private final Map<String, Known> known = new HashMap<>();

    private record Known(String validity, String modSeq) {
    }

    /** With a client that has logged in. */
    ImapAccount(ImapClient client) throws IOException {
        this.client = client;
        client.command("ENABLE QRESYNC");
    }

    private List<Matcher> states() throws IOException {
        return client.command("LIST \"\" \"*\" RETURN (STATUS (UIDVALIDITY HIGHESTMODSEQ))").stream()
            .map(STATUS::matcher).filter(Matcher::matches).toList();
    }

    @Override
    public int folders() throws IOException {
        return states().size();
    }

    @Override
    public void open(String folder) throws IOException {
        client.command("SELECT " + folder);
    }

    @Override
    public int newSince(long uid) throws IOException {
        return found("UID " + (uid + 1) + ":*");
    }

    @Override
    public int withSubject(String subject) throws IOException {
        return found("SUBJECT \"" + subject + "\"");
    }

    private int found(String criterion) throws IOException {
        return client.command("UID SEARCH " + criterion).stream().filter(line -> line.startsWith(SEARCH))
            .mapToInt(line -> line.substring(SEARCH.length()).split(" ").length).sum();
    }

    @Override
    public void read(long uid) throws IOException {
        if (fetched(client.command("UID FETCH " + uid + " BODY.PEEK[]")) != 1) {
            throw new IOException("FETCH gave no message");
        }
    }

    @Override
    public void mark(long uid, boolean seen) throws IOException {
        client.command("UID STORE " + uid + (seen ? " +" : " -") + "FLAGS.SILENT (\\Seen)");
    }

    @Override
    public int resynchronise() throws IOException {
        Deque<String> selections = new ArrayDeque<>();
        for (Matcher state : states()) {
            Known now = new Known(number(VALIDITY, state.group("items")), number(MODSEQ, state.group("items")));
            Optional<Known> before = Optional.ofNullable(known.put(state.group("name"), now));
            if (before.filter(old -> !old.equals(now)).isPresent()) {
                selections.add(client.begin("SELECT \"" + state.group("name") + "\" (QRESYNC ("
                    + before.get().validity + " " + before.get().modSeq + "))"));
            }
        }
        int items = 0;
        while (!selections.isEmpty()) {
            List<String> answer = client.finish(selections.remove());
            items += fetched(answer) + (int) answer.stream().filter(line -> line.startsWith("* VANISHED ")).count();
        }
        return items;
    }

    private static int fetched(List<String> answer) {
        return (int) answer.stream().filter(line -> line.contains(" FETCH (")).count();
    }

    private static String number(Pattern pattern, String items) throws IOException {
        Matcher found = pattern.matcher(items);
        if (!found.matches()) {
            throw new IOException("the IMAP server says of a mailbox only " + items);
        }
        return found.group(1);
    }

    @Override
    public Traffic traffic() {
        return client.traffic();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
