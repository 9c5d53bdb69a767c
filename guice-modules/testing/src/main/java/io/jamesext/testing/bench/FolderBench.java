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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures XIMSS beside an IMAP server of the same James, on the same messages. Each row is done over the one, then over the other, after a
 * warm-up of both, so that what the machine does meanwhile is the same for both. Every answer is counted: where messages are missing there
 * is no figure.
 */
public final class FolderBench {
    private static final String SOURCE = "Source";
    private static final String QUIET = "Quiet";
    private static final int COPIED_AT_ONCE = 100;
    /** One of so many sessions is opened and closed before they are counted. */
    private static final int WARM_UP_SESSIONS = 10;
    private static final double BYTES_IN_A_KIB = 1024;

    private final Servers servers;
    private final Size size;
    private final Consumer<String> progress;

    /**
     * What is compared.
     *
     * @param ximss the loopback port of XIMSS
     * @param imap that of the IMAP server beside it
     * @param changes that of an IMAP server for what other clients do, with LITERAL+
     * @param james their process
     * @param user has nothing yet but this password
     */
    public record Servers(int ximss, int imap, int changes, ProcessHandle james, String user, String password) {
    }

    /**
     * How much is done.
     *
     * @param messages in the mailbox, some hundreds of them at least
     * @param sessions that are idle at once
     * @param warmUp of each row, unmeasured
     * @param measured of each row
     */
    public record Size(int messages, int sessions, Duration warmUp, Duration measured) {
    }

    /** With a line of progress at least every two seconds, as long as one answer does not take longer. */
    public FolderBench(Servers servers, Size size, Consumer<String> progress) {
        this.servers = servers;
        this.size = size;
        this.progress = progress;
    }

    /** One of the two, with ordinary clients and with such as there can be many of. */
    private record Protocol(String title, LogIn logIn, LogIn frugal, Map<String, Double> figures) {
    }

    private interface LogIn {
        MeasuredMailbox client() throws IOException;
    }

    /**
     * The figures of both, IMAP first.
     *
     * @param backend what James keeps its mail on, for the columns' titles
     */
    public List<Figures> measure(String backend) throws IOException {
        List<Protocol> protocols = List.of(
            new Protocol("stock IMAP, " + backend,
                () -> new ImapMailbox(ImapClient.logIn(servers.imap, servers.user, servers.password)),
                () -> new ImapMailbox(ImapClient.frugal(servers.imap, servers.user, servers.password)), new LinkedHashMap<>()),
            new Protocol("XIMSS, " + backend,
                () -> new XimssMailbox(XimssClient.logIn(servers.ximss, servers.user, servers.password)),
                () -> new XimssMailbox(XimssClient.frugal(servers.ximss, servers.user, servers.password)), new LinkedHashMap<>()));
        try (ImapClient other = ImapClient.logIn(servers.changes, servers.user, servers.password)) {
            fill(other);
            for (FolderWork work : FolderWork.all(size.messages, other)) {
                protocols.forEach(protocol -> run("warming up", work, protocol, size.warmUp));
                protocols.forEach(protocol -> run("measuring", work, protocol, size.measured)
                    .ifPresent(samples -> protocol.figures.putAll(work.figures().apply(samples))));
            }
        }
        for (Protocol protocol : protocols) {
            protocol.figures.put("KiB of heap for each of " + shown(size.sessions) + " idle sessions (less is better)", idle(protocol));
        }
        return protocols.stream().map(protocol -> new Figures(protocol.title, protocol.figures)).toList();
    }

    private void fill(ImapClient client) throws IOException {
        Ticks ticks = new Ticks("filling a mailbox with " + shown(size.messages) + " messages", progress);
        Corpus corpus = new Corpus();
        for (String mailbox : List.of(SOURCE, QUIET, FolderWork.MEASURED)) {
            client.command("CREATE " + mailbox);
        }
        for (int i = 0; i < COPIED_AT_ONCE; i++) {
            client.append(SOURCE, corpus.message(i));
            ticks.maybe(() -> "filling a mailbox");
        }
        client.command("SELECT " + SOURCE);
        client.command("COPY 1:* " + QUIET);
        for (int copied = 0; copied < size.messages; copied += COPIED_AT_ONCE) {
            client.command("COPY 1:" + Math.min(COPIED_AT_ONCE, size.messages - copied) + " " + FolderWork.MEASURED);
            int there = copied;
            ticks.maybe(() -> "filling a mailbox: " + shown(there) + " of " + shown(size.messages) + " messages");
        }
    }

    private Optional<Samples> run(String what, FolderWork work, Protocol protocol, Duration duration) {
        String title = work.title() + ", " + protocol.title;
        Ticks ticks = new Ticks(what + " " + title, progress);
        List<Long> nanos = new ArrayList<>();
        try (MeasuredMailbox client = protocol.logIn.client()) {
            work.operation().prepare(client);
            for (long start = System.nanoTime(); nanos.isEmpty() || System.nanoTime() - start < duration.toNanos();) {
                nanos.add(work.operation().nanos(client, nanos.size()));
                ticks.maybe(() -> what + " " + title + ": done " + shown(nanos.size()) + " times");
            }
            return Optional.of(new Samples(nanos));
        } catch (IOException e) {
            progress.accept(title + " cannot be measured: " + e.getMessage());
            return Optional.empty();
        }
    }

    private double idle(Protocol protocol) throws IOException {
        // Classes and pools that the first sessions need are not theirs.
        close(sessions(protocol, Math.max(1, size.sessions / WARM_UP_SESSIONS)));
        long before = LiveHeap.of(servers.james);
        List<MeasuredMailbox> sessions = sessions(protocol, size.sessions);
        try {
            return (LiveHeap.of(servers.james) - before) / BYTES_IN_A_KIB / sessions.size();
        } finally {
            close(sessions);
        }
    }

    /** Each has a small mailbox open and waits for news. */
    private List<MeasuredMailbox> sessions(Protocol protocol, int count) throws IOException {
        Ticks ticks = new Ticks("opening " + shown(count) + " idle sessions, " + protocol.title, progress);
        List<MeasuredMailbox> sessions = new ArrayList<>();
        while (sessions.size() < count) {
            MeasuredMailbox session = protocol.frugal.client();
            sessions.add(session);
            session.open(QUIET);
            session.listen();
            ticks.maybe(() -> "opening idle sessions: " + shown(sessions.size()) + " of " + shown(count));
        }
        return sessions;
    }

    private void close(List<MeasuredMailbox> sessions) throws IOException {
        Ticks ticks = new Ticks("closing them", progress);
        for (MeasuredMailbox session : sessions) {
            session.close();
            ticks.maybe(() -> "closing idle sessions");
        }
    }

    private static String shown(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
