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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that keeps a mailbox by applying what it is told and nothing else. PROTOCOL.md section 4. */
final class SyncedClient implements AutoCloseable {
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (?<earlier>\\(EARLIER\\) )?(?<uids>[\\d:,]+)");
    private static final Pattern FETCH = Pattern.compile("\\* (?<number>\\d+) (?<name>FETCH|UIDFETCH) \\(FLAGS \\((?<flags>.*?)\\)"
        + "(?: UID (?<uid>\\d+))?(?: MODSEQ (?<modseq>\\d+)).*");
    private static final Pattern EXISTS = Pattern.compile("\\* (?<count>\\d+) EXISTS");
    private static final Pattern CODE = Pattern.compile("\\* OK \\[(?<name>UIDVALIDITY|HIGHESTMODSEQ) (?<value>\\d+)\\].*");

    /** What is known of a message. */
    record Known(Set<String> flags, long modSeq) {
    }

    private final int port;
    private final String enabled;
    private final Map<Long, Known> messages = new TreeMap<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private TlsClient connection;
    private long count;

    /** Turns these extensions on. */
    SyncedClient(int port, String enabled) throws Exception {
        this.port = port;
        this.enabled = enabled;
        this.connection = connect();
        command("SELECT INBOX");
        command("UID FETCH 1:* (FLAGS UID MODSEQ)");
    }

    private TlsClient connect() throws Exception {
        TlsClient client = new TlsClient(port);
        client.logIn();
        client.send("E ENABLE " + enabled + "\r\n");
        client.readUntil("E OK");
        return client;
    }

    /** Leaves without a word, does this, and comes back. */
    void away(Work work, String command) throws Exception {
        connection.close();
        work.run();
        connection = connect();
        command(command + " INBOX (QRESYNC (" + codes.get("UIDVALIDITY") + " " + codes.get("HIGHESTMODSEQ") + "))");
    }

    /** Something that may fail. */
    interface Work {
        void run() throws Exception;
    }

    /** Sends a command and applies all its answers; gives them too. */
    List<String> command(String text) throws Exception {
        connection.send("C " + text + "\r\n");
        List<String> lines = new ArrayList<>();
        for (String line = connection.readLine(); !line.startsWith("C "); line = connection.readLine()) {
            apply(line);
            lines.add(line);
        }
        return lines;
    }

    private void apply(String line) {
        Matcher vanished = VANISHED.matcher(line);
        if (vanished.matches()) {
            Set<Long> gone = uids(vanished.group("uids"));
            if (vanished.group("earlier") == null) {
                count -= gone.size();
            }
            messages.keySet().removeAll(gone);
        }
        Matcher fetch = FETCH.matcher(line);
        if (fetch.matches()) {
            boolean uidOnly = fetch.group("name").equals("UIDFETCH");
            long uid = Long.parseLong(uidOnly ? fetch.group("number") : fetch.group("uid"));
            String flags = fetch.group("flags");
            messages.put(uid, new Known(flags.isEmpty() ? Set.of() : Set.of(flags.split(" ")), Long.parseLong(fetch.group("modseq"))));
        }
        Matcher exists = EXISTS.matcher(line);
        if (exists.matches()) {
            count = Long.parseLong(exists.group("count"));
        }
        Matcher code = CODE.matcher(line);
        if (code.matches()) {
            codes.put(code.group("name"), Long.parseLong(code.group("value")));
        }
    }

    private static Set<Long> uids(String set) {
        Set<Long> uids = new TreeSet<>();
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            for (long uid = Long.parseLong(ends[0]); uid <= Long.parseLong(ends[ends.length - 1]); uid++) {
                assertThat(uids.add(uid)).isTrue();
            }
        }
        return uids;
    }

    /** What it holds. */
    Map<Long, Known> messages() {
        return messages;
    }

    /** How many messages it was told that there are. */
    long count() {
        return count;
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
