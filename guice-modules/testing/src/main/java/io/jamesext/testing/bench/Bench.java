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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.Ports;

/**
 * Measures a running James over IMAP with {@value #CLIENTS} clients at once, on {@value #MESSAGES} messages. Everything is done once
 * before on a smaller mailbox, so that the just-in-time compiler's work is not in the figures, and every answer is counted: a server
 * that loses messages or finds the wrong number of them has no figures.
 */
public final class Bench {
    /** In the mailbox that is measured. */
    public static final int MESSAGES = 2_000;
    private static final String USER = "bench@example.org";
    private static final int WARM_UP = 400;
    private static final int CLIENTS = 4;
    private static final int SEARCHES = 40;
    private static final int FLAGGED_AT_ONCE = 100;
    private static final double NANOS = 1e9;

    private final Ports ports;
    private final Consumer<String> progress;
    private final Corpus corpus = new Corpus();

    public Bench(Ports ports, Consumer<String> progress) {
        this.ports = ports;
        this.progress = progress;
    }

    /** How much of each a second, by the row's title, in the order in which it was measured. */
    public Map<String, Double> measure() throws IOException, InterruptedException {
        new Accounts(ports).create(USER);
        progress.accept("warming up on " + WARM_UP + " messages");
        round("WarmUp", WARM_UP);
        progress.accept("measuring on " + MESSAGES + " messages");
        return round("Measured", MESSAGES);
    }

    private Map<String, Double> round(String mailbox, int messages) throws IOException, InterruptedException {
        try (ImapClient client = logIn()) {
            client.command("CREATE " + mailbox);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("messages appended per second", rate(messages, (client, number) -> append(client, number, mailbox, messages)));
        figures.put("messages fetched per second, whole", rate(messages, fetch(mailbox, messages, "BODY.PEEK[]")));
        figures.put("messages listed per second, flags and envelope", rate(messages, fetch(mailbox, messages, "(UID FLAGS ENVELOPE)")));
        figures.put("flags changed per second, " + FLAGGED_AT_ONCE + " messages a command", rate(messages, (client, number) -> {
            client.command("SELECT " + mailbox);
            for (int first = 1 + number * FLAGGED_AT_ONCE; first <= messages; first += CLIENTS * FLAGGED_AT_ONCE) {
                expect(FLAGGED_AT_ONCE, client.command("STORE " + range(first, FLAGGED_AT_ONCE) + " +FLAGS (\\Flagged)"), "FLAGS (");
            }
        }));
        figures.put("searches per second for a word of the text", rate(SEARCHES,
            search(mailbox, "BODY " + Corpus.RARE_WORD, Corpus.withRareWord(messages))));
        figures.put("searches per second for a sender", rate(SEARCHES,
            search(mailbox, "FROM " + Corpus.sender(1), Corpus.fromSender(1, messages))));
        return figures;
    }

    private void append(ImapClient client, int number, String mailbox, int messages) throws IOException {
        for (int message = number; message < messages; message += CLIENTS) {
            client.append(mailbox, corpus.message(message));
        }
    }

    private static Work fetch(String mailbox, int messages, String items) {
        int share = messages / CLIENTS;
        return (client, number) -> {
            client.command("EXAMINE " + mailbox);
            expect(share, client.command("FETCH " + range(1 + number * share, share) + " " + items), " FETCH (");
        };
    }

    private static Work search(String mailbox, String criterion, int hits) {
        return (client, number) -> {
            client.command("EXAMINE " + mailbox);
            for (int i = 0; i < SEARCHES / CLIENTS; i++) {
                List<String> answer = client.command("SEARCH " + criterion);
                int found = answer.stream().filter(line -> line.startsWith("* SEARCH")).mapToInt(line -> line.split(" ").length - 2).sum();
                if (found != hits) {
                    throw new IOException("SEARCH " + criterion + " found " + found + " of " + hits + " messages");
                }
            }
        };
    }

    private static void expect(int count, List<String> responses, String sign) throws IOException {
        long found = responses.stream().filter(line -> line.contains(sign)).count();
        if (found < count) {
            throw new IOException("the IMAP server answered for " + found + " of " + count + " messages");
        }
    }

    private static String range(int first, int count) {
        return first + ":" + (first + count - 1);
    }

    /** What one client does; the number tells it from the others, from 0. */
    private interface Work {
        void of(ImapClient client, int number) throws IOException;
    }

    /** All clients are logged in before the clock starts. */
    private double rate(int amount, Work work) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<ImapClient> clients = new ArrayList<>();
        try {
            List<Callable<Void>> works = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                ImapClient client = logIn();
                clients.add(client);
                works.add(() -> {
                    work.of(client, number);
                    return null;
                });
            }
            long start = System.nanoTime();
            for (Future<Void> done : threads.invokeAll(works)) {
                done.get();
            }
            return amount * NANOS / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IOException("a client of the bench failed", e.getCause());
        } finally {
            threads.shutdownNow();
            for (ImapClient client : clients) {
                client.close();
            }
        }
    }

    private ImapClient logIn() throws IOException {
        return ImapClient.logIn(ports.of(Listener.IMAP), USER, Accounts.PASSWORD);
    }
}
