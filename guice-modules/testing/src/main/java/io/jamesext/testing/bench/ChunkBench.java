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
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Measures DMAP beside an IMAP server of the same James, both over TLS, on the same messages. Each row is done over the one, then over
 * the other. Every answer is counted: where something is missing there is no figure.
 */
public final class ChunkBench {
    private static final String MAILBOX = "Chunks";
    /** What is read is so far apart: neighbours may be in a cache. */
    private static final int STEP = 977;
    private static final String SEARCHED = "SEARCH UNSEEN SINCE 1-Jan-2020 LARGER 1000 ";
    private static final int FOUND = 10;
    private static final String FETCH = " FETCH (";
    private static final String SEARCH = "* SEARCH ";

    private final Servers servers;
    private final int messages;
    private final Consumer<String> progress;

    /**
     * What is compared.
     *
     * @param dmap the loopback port of DMAP
     * @param imaps that of the IMAP server over TLS, with QRESYNC
     * @param user has nothing yet but this password
     */
    public record Servers(int dmap, int imaps, String user, String password) {
    }

    private record Protocol(String title, Row.LogIn<ImapClient> logIn, boolean isDmap, Map<String, Double> figures) {
        Row<ImapClient> row(Work work) {
            return new Row<>(work.title, "QRESYNC", new Repeated(work, isDmap ? work.dmap : work.imap));
        }
    }

    /**
     * The same work in both protocols.
     *
     * @param imap the command for the message of a number
     * @param sign what lines of the answer to count have
     * @param count of them
     */
    private record Work(String title, IntFunction<String> imap, IntFunction<String> dmap, String sign, int count) {
    }

    private static final class Repeated implements Row.Operation<ImapClient> {
        private final Work work;
        private final IntFunction<String> command;
        private int round;

        Repeated(Work work, IntFunction<String> command) {
            this.work = work;
            this.command = command;
        }

        @Override
        public int run(ImapClient client) throws IOException {
            if (round == 0) {
                client.command("EXAMINE " + MAILBOX);
            }
            List<String> answer = client.command(command.apply(round++));
            long found = answer.stream().filter(line -> line.contains(work.sign))
                .mapToLong(line -> line.startsWith(SEARCH) ? line.substring(SEARCH.length()).split(" ").length : 1).sum();
            if (found != work.count) {
                throw new IOException("the server told of " + found + ", not " + work.count);
            }
            return 1;
        }
    }

    /** With a line of progress at least every two seconds, as long as one answer does not take longer. */
    public ChunkBench(Servers servers, int messages, Consumer<String> progress) {
        this.servers = servers;
        this.messages = messages;
        this.progress = progress;
    }

    /**
     * The figures of both, IMAP first: how often a second.
     *
     * @param backend what James keeps its mail on, for the columns' titles
     */
    public List<Figures> measure(String backend) throws IOException {
        List<Protocol> protocols = List.of(
            new Protocol("IMAP, " + backend, () -> ImapClient.overTls(servers.imaps, servers.user, servers.password), false,
                new LinkedHashMap<>()),
            new Protocol("DMAP, " + backend, () -> ImapClient.dmap(servers.dmap, servers.user, servers.password), true,
                new LinkedHashMap<>()));
        progress.accept("filling a mailbox with " + messages + " messages");
        try (ImapClient client = protocols.get(0).logIn.client()) {
            client.fill(MAILBOX, messages, new Corpus());
        }
        for (Work work : works()) {
            protocols.forEach(protocol -> protocol.figures.putAll(Row.measure(List.of(protocol.row(work)), protocol.logIn, progress)));
        }
        Row<ImapClient> resync = new Resync("Resync", messages, progress).row();
        protocols.forEach(protocol -> protocol.figures.putAll(Row.measure(List.of(resync), protocol.logIn, progress)));
        return protocols.stream().map(protocol -> new Figures(protocol.title, protocol.figures)).toList();
    }

    private List<Work> works() {
        String of = " of " + String.format(Locale.ROOT, "%,d", messages) + " messages";
        List<Work> works = new ArrayList<>();
        works.add(same("a whole message (BODY.PEEK[])", number -> "FETCH " + number + " BODY.PEEK[]", FETCH, 1));
        works.add(new Work("the text (BODY.PEEK[67.1], BODY.PEEK[1])", round -> "FETCH " + number(round) + " BODY.PEEK[1]",
            round -> "FETCH " + number(round) + " BODY.PEEK[67.1]", FETCH, 1));
        works.add(same("the structure (BODYSTRUCTURE)", number -> "FETCH " + number + " BODYSTRUCTURE", FETCH, 1));
        works.add(same("flags" + of + " (FLAGS)", number -> "FETCH 1:* FLAGS", FETCH, messages));
        works.add(same("a search by flag, date and size for " + FOUND + of,
            number -> SEARCHED + (messages - FOUND + 1) + ":" + messages, SEARCH, FOUND));
        return works;
    }

    private Work same(String title, IntFunction<String> command, String sign, int count) {
        IntFunction<String> byRound = round -> command.apply(number(round));
        return new Work(title, byRound, byRound, sign, count);
    }

    private int number(int round) {
        return 1 + (int) ((long) round * STEP % messages);
    }
}
