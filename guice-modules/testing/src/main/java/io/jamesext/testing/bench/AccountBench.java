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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.google.common.base.Splitter;

/**
 * Measures AGAP beside an IMAP server of the same James, on the same account. Each row is done over the one, then over the other, after a
 * warm-up of both. Every answer is counted: where something is missing there is no figure.
 */
public final class AccountBench {
    private static final String SOURCE = "Source";
    private static final String SEARCH = "* SEARCH ";
    private static final int DIFFERENT = 100;

    private final Servers servers;
    private final Size size;
    private final Consumer<String> progress;
    private final Corpus corpus = new Corpus();

    /**
     * What is compared.
     *
     * @param agap the loopback port of AGAP
     * @param imap that of the IMAP server, with QRESYNC and LIST-STATUS
     * @param user has nothing yet but this password
     */
    public record Servers(int agap, int imap, String user, String password) {
    }

    /**
     * How much of it.
     *
     * @param folders small ones
     * @param items in all small folders together, at most 100 in each
     * @param messages in one large folder, of multiples of 100
     * @param warmUp of each row, unmeasured
     * @param measured of each row
     */
    public record Size(int folders, int items, int messages, Duration warmUp, Duration measured) {
    }

    /** With a line of progress at least every two seconds, as long as one answer does not take longer. */
    public AccountBench(Servers servers, Size size, Consumer<String> progress) {
        this.servers = servers;
        this.size = size;
        this.progress = progress;
    }

    private record Protocol(String title, LogIn logIn, Map<String, Double> figures) {
    }

    private interface LogIn {
        MeasuredAccount client() throws IOException;
    }

    /** The name of a small folder, from 0. */
    static String folder(int number) {
        return "Folder" + number;
    }

    /**
     * The figures of both, IMAP first: for each row the rate of the median, the round trips and the octets on the wire.
     *
     * @param backend what James keeps its mail on, for the columns' titles
     */
    public List<Figures> measure(String backend) throws IOException {
        List<Protocol> protocols = List.of(
            new Protocol("IMAP, " + backend,
                () -> new ImapAccount(ImapClient.logIn(servers.imap, servers.user, servers.password)), new LinkedHashMap<>()),
            new Protocol("AGAP, " + backend,
                () -> new AgapAccount(AgapClient.logIn(servers.agap, servers.user, servers.password)), new LinkedHashMap<>()));
        try (ImapClient other = ImapClient.logIn(servers.imap, servers.user, servers.password)) {
            // The first log-in over AGAP makes its reserved folders.
            AgapClient.logIn(servers.agap, servers.user, servers.password).close();
            fill(other);
            int folders = (int) other.command("LIST \"\" \"*\"").stream().filter(line -> line.startsWith("* LIST ")).count();
            for (AccountWork work : AccountWork.all(uids(other), folders, subject(), size.messages / DIFFERENT, other)) {
                protocols.forEach(protocol -> run("warming up", work, protocol, size.warmUp));
                protocols.forEach(protocol -> run("measuring", work, protocol, size.measured).ifPresent(protocol.figures::putAll));
            }
        }
        return protocols.stream().map(protocol -> new Figures(protocol.title, protocol.figures)).toList();
    }

    private void fill(ImapClient client) throws IOException {
        Ticks ticks = new Ticks(String.format(Locale.ROOT, "filling %,d folders", size.folders), progress);
        client.command("CREATE " + SOURCE);
        for (int i = 0; i < DIFFERENT; i++) {
            client.append(SOURCE, corpus.message(i));
            ticks.maybe(() -> "filling folders");
        }
        client.command("SELECT " + SOURCE);
        for (int i = 0; i < size.folders; i++) {
            int number = i;
            client.command("CREATE " + folder(i));
            client.command("COPY 1:" + size.items / size.folders + " " + folder(i));
            ticks.maybe(() -> String.format(Locale.ROOT, "filling folders: %,d of %,d", number, size.folders));
        }
        client.command("UNSELECT");
        client.command("CREATE " + AccountWork.MEASURED);
        // No copies: on Cassandra James knows a message only once in a mailbox.
        for (int i = 0; i < size.messages; i++) {
            int number = i;
            client.append(AccountWork.MEASURED, corpus.message(i % DIFFERENT));
            ticks.maybe(() -> String.format(Locale.ROOT, "filling a folder: %,d of %,d messages", number, size.messages));
        }
    }

    private static List<Long> uids(ImapClient client) throws IOException {
        client.command("EXAMINE " + AccountWork.MEASURED);
        List<Long> uids = client.command("UID SEARCH ALL").stream().filter(line -> line.startsWith(SEARCH))
            .flatMap(line -> Splitter.on(' ').splitToStream(line.substring(SEARCH.length()))).map(Long::valueOf).toList();
        client.command("UNSELECT");
        return uids;
    }

    /** Of the first message, and of each that is the same. */
    private String subject() {
        return new String(corpus.message(0), StandardCharsets.US_ASCII).lines()
            .filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow().substring("Subject: ".length());
    }

    private Optional<Map<String, Double>> run(String what, AccountWork work, Protocol protocol, Duration duration) {
        String title = work.title() + ", " + protocol.title;
        Ticks ticks = new Ticks(what + " " + title, progress);
        List<Long> nanos = new ArrayList<>();
        try (MeasuredAccount client = protocol.logIn.client()) {
            work.action().prepare(client);
            Traffic before = client.traffic();
            for (long start = System.nanoTime(); nanos.isEmpty() || System.nanoTime() - start < duration.toNanos();) {
                work.action().change();
                long begin = System.nanoTime();
                work.action().run(client, nanos.size());
                nanos.add(System.nanoTime() - begin);
                ticks.maybe(() -> what + " " + title + ": done " + nanos.size() + " times");
            }
            Traffic traffic = client.traffic().since(before);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(work.title() + ", per second", new Samples(nanos).rate());
            figures.put(work.title() + ", round trips (less is better)", (double) traffic.roundTrips() / nanos.size());
            figures.put(work.title() + ", octets (less is better)", (double) traffic.octets() / nanos.size());
            return Optional.of(figures);
        } catch (IOException e) {
            progress.accept(title + " cannot be measured: " + e.getMessage());
            return Optional.empty();
        }
    }
}
