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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long it takes from an APPEND to the STATUS that tells of it (RFC 5465 section 5.4) on another connection, while one connection
 * and then many watch many mailboxes. All are told; one is measured.
 */
final class NotifyLatency {
    private static final int MAILBOXES = 200;
    private static final List<Integer> CONNECTIONS = List.of(1, 500);
    private static final int WARM_UP = 10;
    private static final int MEASURED = 200;
    /** Of a server that takes so long, fewer are measured. */
    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** What changes is so far apart. */
    private static final int STEP = 77;
    private static final int MEDIAN = 50;
    private static final int ALMOST_ALL = 99;
    private static final String NOTIFY = "NOTIFY";

    private final OrderWork.LogIn logIn;
    private final OrderWork.LogIn frugal;
    private final Consumer<String> progress;

    /**
     * With clients that log in.
     *
     * @param frugal such as there can be many of
     */
    NotifyLatency(OrderWork.LogIn logIn, OrderWork.LogIn frugal, Consumer<String> progress) {
        this.logIn = logIn;
        this.frugal = frugal;
        this.progress = progress;
    }

    /** Adds its rows. */
    void measure(Map<String, Double> figures) {
        List<ImapClient> watching = new ArrayList<>();
        try (ImapClient client = logIn.client()) {
            if (client.capabilities().stream().noneMatch(NOTIFY::equalsIgnoreCase)) {
                progress.accept("The server has no " + NOTIFY);
                CONNECTIONS.forEach(connections -> put(connections, Double.NaN, Double.NaN, figures));
                return;
            }
            for (int mailbox = 0; mailbox < MAILBOXES; mailbox++) {
                client.command("CREATE " + mailbox(mailbox));
            }
            for (int connections : CONNECTIONS) {
                watch(watching, connections);
                Samples samples = new Samples(latencies(client, watching.get(0)));
                put(connections, samples.percentile(MEDIAN), samples.percentile(ALMOST_ALL), figures);
            }
        } catch (IOException e) {
            progress.accept("NOTIFY cannot be measured: " + e.getMessage());
        } finally {
            watching.forEach(NotifyLatency::hangUp);
        }
    }

    private static void put(int connections, double median, double almostAll, Map<String, Double> figures) {
        String title = String.format("ms from APPEND to the STATUS of NOTIFY, %d mailboxes watched by %d connection%s, ", MAILBOXES,
            connections, connections == 1 ? "" : "s");
        figures.put(title + "median (less is better)", median);
        figures.put(title + "99 of 100 (less is better)", almostAll);
    }

    private static String mailbox(int number) {
        return "Watched" + number;
    }

    private void watch(List<ImapClient> watching, int connections) throws IOException {
        Ticks ticks = new Ticks("opening " + connections + " connections that watch", progress);
        while (watching.size() < connections) {
            ImapClient client = frugal.client();
            watching.add(client);
            // Not by their names: Dovecot takes no list of so many.
            client.command("NOTIFY SET (personal (MessageNew MessageExpunge))");
            ticks.maybe(() -> "opening connections that watch: " + watching.size() + " of " + connections);
        }
    }

    /** What the others are told stays in their sockets, which have room for all of it. */
    private List<Long> latencies(ImapClient appending, ImapClient watching) throws IOException {
        Ticks ticks = new Ticks("measuring NOTIFY", progress);
        byte[] message = new Threads(MEASURED).message(1);
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int round = 0; round < WARM_UP + MEASURED && (nanos.isEmpty() || System.nanoTime() - end < 0); round++) {
            String mailbox = mailbox(round * STEP % MAILBOXES);
            String tag = appending.beginAppend(mailbox, message);
            long start = System.nanoTime();
            appending.send();
            for (String line = watching.news(); !isStatusOf(mailbox, line); line = watching.news()) {
                ticks.maybe(() -> "measuring NOTIFY");
            }
            if (round >= WARM_UP) {
                nanos.add(System.nanoTime() - start);
            }
            appending.finish(tag);
            ticks.maybe(() -> "measuring NOTIFY: done " + nanos.size() + " times");
        }
        return nanos;
    }

    private static boolean isStatusOf(String mailbox, String line) {
        return line.startsWith("* STATUS " + mailbox + " (") || line.startsWith("* STATUS \"" + mailbox + "\" (");
    }

    private static void hangUp(ImapClient client) {
        try {
            client.close();
        } catch (IOException e) {
            // The server has closed it first.
        }
    }
}
