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
import java.util.function.Consumer;

import io.jamesext.testing.james.Accounts;

/**
 * Measures what an IMAP server does with the order of a mailbox, and how it tells of changes: SORT and THREAD (RFC 5256), ESEARCH
 * (RFC 4731), ESORT and contexts (RFC 5267), NOTIFY (RFC 5465). Figures are how many a second by the median, unless they say otherwise.
 * Every answer is checked; a server that does not advertise what a row is about is said to have none.
 */
public final class OrderBench {
    private static final int APPENDED_AT_ONCE = 50;
    private static final int COMMANDS_AT_ONCE = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final int MEDIAN = 50;
    private static final double MILLIS_A_SECOND = 1000;

    private final int port;
    private final String user;
    private final List<Integer> sizes;
    private final Consumer<String> progress;

    /**
     * Of the server on this loopback port.
     *
     * @param user has nothing yet but the password of all demonstrations
     * @param sizes messages in the mailboxes
     */
    public OrderBench(int port, String user, List<Integer> sizes, Consumer<String> progress) {
        this.port = port;
        this.user = user;
        this.sizes = List.copyOf(sizes);
        this.progress = progress;
    }

    /** Figures by the row's title; not a number for what the server does not advertise. */
    public Map<String, Double> measure() throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (ImapClient client = logIn()) {
            for (int messages : sizes) {
                fill(client, messages);
                for (OrderWork work : OrderWork.all(mailbox(messages), messages, this::logIn)) {
                    measure(work, mailbox(messages), figures);
                }
            }
        }
        new NotifyLatency(this::logIn, () -> ImapClient.frugal(port, user, Accounts.PASSWORD), progress).measure(figures);
        return figures;
    }

    private ImapClient logIn() throws IOException {
        return ImapClient.logIn(port, user, Accounts.PASSWORD);
    }

    private static String mailbox(int messages) {
        return "Threads" + messages;
    }

    /** RFC 3502, pipelined: one by one, 100,000 messages would take longer than all that is measured. */
    private void fill(ImapClient client, int messages) throws IOException {
        Threads threads = new Threads(messages);
        Ticks ticks = new Ticks(String.format(Locale.ROOT, "filling a mailbox with %,d messages", messages), progress);
        client.command("CREATE " + mailbox(messages));
        List<String> tags = new ArrayList<>();
        for (int place = 0; place < messages;) {
            List<byte[]> together = new ArrayList<>();
            while (place < messages && together.size() < APPENDED_AT_ONCE) {
                together.add(threads.message(place++));
            }
            tags.add(client.beginAppend(mailbox(messages), together));
            if (tags.size() == COMMANDS_AT_ONCE) {
                client.finish(tags.remove(0));
            }
            int there = place;
            ticks.maybe(() -> String.format(Locale.ROOT, "filling a mailbox: %,d of %,d messages", there, messages));
        }
        for (String tag : tags) {
            client.finish(tag);
        }
    }

    private void measure(OrderWork work, String mailbox, Map<String, Double> figures) {
        Ticks ticks = new Ticks("measuring " + work.title(), progress);
        try (OrderWork.Operation operation = work.operation(); ImapClient client = logIn()) {
            if (client.capabilities().stream().noneMatch(work.capability()::equalsIgnoreCase)) {
                progress.accept(work.title() + ": the server has no " + work.capability());
                figures.put(work.title(), Double.NaN);
                return;
            }
            client.command("SELECT " + mailbox);
            operation.prepare(client);
            repeat(work, client, WARM_UP, ticks);
            double rate = MILLIS_A_SECOND / new Samples(repeat(work, client, MEASURED, ticks)).percentile(MEDIAN);
            figures.put(work.title(), rate);
            progress.accept(work.title() + ": " + Figures.shown(rate) + " a second");
        } catch (IOException e) {
            progress.accept(work.title() + " cannot be measured: " + e.getMessage());
        }
    }

    private static List<Long> repeat(OrderWork work, ImapClient client, Duration duration, Ticks ticks) throws IOException {
        List<Long> nanos = new ArrayList<>();
        for (long start = System.nanoTime(); nanos.isEmpty() || System.nanoTime() - start < duration.toNanos();) {
            nanos.add(work.operation().nanos(client));
            ticks.maybe(() -> "measuring " + work.title() + ": done " + nanos.size() + " times");
        }
        return nanos;
    }
}
