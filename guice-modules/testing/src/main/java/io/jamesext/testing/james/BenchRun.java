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
package io.jamesext.testing.james;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.jamesext.testing.bench.AccountBench;
import io.jamesext.testing.bench.Bench;
import io.jamesext.testing.bench.BenchProgram;
import io.jamesext.testing.bench.ChunkBench;
import io.jamesext.testing.bench.DovecotServer;
import io.jamesext.testing.bench.Figures;
import io.jamesext.testing.bench.FolderBench;
import io.jamesext.testing.bench.OperationBench;
import io.jamesext.testing.bench.OrderBench;
import io.jamesext.testing.bench.ResidentMemory;
import io.jamesext.testing.bench.SubmissionBench;

/** What {@code ./james bench} does: starts one server after the other, measures each, and prints the README's tables. */
final class BenchRun {
    /** Messages in the mailboxes that are resynchronised: to fill the larger one, Cassandra would need longer than all else takes. */
    private static final int FEW = 10_000;
    private static final int MANY = 100_000;
    /** The smaller of the mailboxes that are sorted. */
    private static final int ORDERED = 5_000;
    private static final int SESSIONS = 1_000;
    private static final int FOLDERS = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(6);
    private static final String BENCH_USER = "bench@example.org";
    /** For 100,000 messages in memory, and all that James's vault and attachment store keep of what is deleted. */
    private static final int BENCH_HEAP_MIB = 4096;

    private final Launcher launcher;
    private final Path project;
    private final Options options;
    private final Consumer<String> progress;

    BenchRun(Launcher launcher, Path project, Options options, Consumer<String> progress) {
        this.launcher = launcher;
        this.project = project;
        this.options = options;
        this.progress = progress;
    }

    /** One after the other, so that they share nothing but the machine; answers the exit code. */
    int run() throws IOException, InterruptedException {
        List<String> tables = new ArrayList<>();
        if (options.measures("operations")) {
            tables.add(Figures.table(backends()));
            tables.add(Figures.table(operations()));
        }
        if (options.measures("order")) {
            tables.add(Figures.table(order()));
        }
        if (options.measures("ximss")) {
            tables.add(Figures.table(folders(Backend.MEMORY, MANY)));
            tables.add(Figures.table(folders(Backend.CASSANDRA, FEW)));
        }
        if (options.measures("agap")) {
            tables.add(Figures.table(account(Backend.MEMORY, MANY / 2)));
            tables.add(Figures.table(account(Backend.CASSANDRA, FEW)));
        }
        if (options.measures("dmap")) {
            tables.add(Figures.table(chunks(Backend.MEMORY, MANY)));
            tables.add(Figures.table(chunks(Backend.CASSANDRA, FEW)));
            tables.add(Figures.table(List.of(dime())));
        }
        if (options.measures("submission")) {
            tables.add(Figures.table(submission()));
        }
        progress.accept("");
        tables.forEach(progress);
        return 0;
    }

    private List<Figures> backends() throws IOException, InterruptedException {
        List<Figures> backends = new ArrayList<>();
        for (Backend backend : Backend.values()) {
            backends.add(launcher.on(backend).withServer(JamesProcess.HEAP_MIB, this::measured));
        }
        return backends;
    }

    private List<Figures> operations() throws IOException, InterruptedException {
        List<Figures> servers = new ArrayList<>();
        withDovecot(dovecot -> servers.add(operations("Dovecot", dovecot.port(), FEW, MANY)));
        servers.add(operations(Backend.MEMORY, "stock James", Listener.STOCK_IMAP, FEW));
        servers.add(operations(Backend.MEMORY, "ours, memory", Listener.IMAP, FEW, MANY));
        servers.add(operations(Backend.CASSANDRA, "ours, cassandra", Listener.IMAP, FEW));
        return servers;
    }

    /** Stock James has nothing of it. */
    private List<Figures> order() throws IOException, InterruptedException {
        List<Figures> servers = new ArrayList<>();
        withDovecot(dovecot -> servers.add(order("Dovecot", dovecot.port(), ORDERED, MANY)));
        servers.add(withUser(Backend.MEMORY, james -> order("ours, memory", options.ports().of(Listener.IMAP), ORDERED, MANY)));
        servers.add(withUser(Backend.CASSANDRA, james -> order("ours, cassandra", options.ports().of(Listener.IMAP), ORDERED)));
        return servers;
    }

    private Figures order(String server, int port, Integer... sizes) throws IOException {
        progress.accept("measuring SORT, THREAD, contexts and NOTIFY of " + server);
        return new Figures(server, new OrderBench(port, BENCH_USER, List.of(sizes), progress).measure());
    }

    /** With James's own IMAP server in the column beside. */
    private List<Figures> folders(Backend backend, int messages) throws IOException, InterruptedException {
        return withUser(backend, james -> {
            Ports ports = options.ports();
            FolderBench.Servers servers = new FolderBench.Servers(ports.of(Listener.XIMSS), ports.of(Listener.STOCK_IMAP),
                ports.of(Listener.IMAP), james.program(), BENCH_USER, Accounts.PASSWORD);
            return new FolderBench(servers, new FolderBench.Size(messages, SESSIONS, WARM_UP, MEASURED), progress)
                .measure(backend.toString().toLowerCase(Locale.ROOT));
        });
    }

    /** So many messages in small folders, and as many in a large one. Beside our IMAP server, for James's own does not resynchronise. */
    private List<Figures> account(Backend backend, int messages) throws IOException, InterruptedException {
        return withUser(backend, james -> {
            Ports ports = options.ports();
            AccountBench.Servers servers = new AccountBench.Servers(ports.of(Listener.AGAP), ports.of(Listener.IMAP), BENCH_USER,
                Accounts.PASSWORD);
            return new AccountBench(servers, new AccountBench.Size(FOLDERS, messages, messages, WARM_UP, MEASURED), progress)
                .measure(backend.toString().toLowerCase(Locale.ROOT));
        });
    }

    /** Beside our IMAP server on the same James. */
    private List<Figures> chunks(Backend backend, int messages) throws IOException, InterruptedException {
        return withUser(backend, james -> {
            Ports ports = options.ports();
            ChunkBench.Servers servers = new ChunkBench.Servers(ports.of(Listener.DMAP), ports.of(Listener.IMAPS), BENCH_USER,
                Accounts.PASSWORD);
            return new ChunkBench(servers, messages, progress).measure(backend.toString().toLowerCase(Locale.ROOT));
        });
    }

    /** Without a server: what the keys and messages of DIME cost by themselves. */
    private Figures dime() throws IOException, InterruptedException {
        progress.accept("measuring DIME's keys and messages");
        Installation installation = Installation.of(project);
        String classPath = String.join(":", project.resolve("dmap-extension/target/test-classes").toString(),
            installation.bundle().toString(), installation.classPath());
        return new BenchProgram("one thread", classPath, "io.jamesext.dmap.dime.DimeBench").measure(progress);
    }

    private List<Figures> submission() throws IOException, InterruptedException {
        List<Figures> servers = new ArrayList<>();
        withDovecot(dovecot -> dovecot.submissionPort().ifPresentOrElse(
            port -> servers.add(submission("Dovecot", port, dovecot.port())),
            () -> progress.accept("It has no submission server (Debian: apt-get install dovecot-submissiond)")));
        servers.add(submission(Backend.MEMORY, "stock James", Listener.SMTP));
        servers.add(submission(Backend.MEMORY, "ours, memory", Listener.SUBMISSION));
        servers.add(submission(Backend.CASSANDRA, "ours, cassandra", Listener.SUBMISSION));
        return servers;
    }

    private interface DovecotUse {
        void of(DovecotServer dovecot) throws IOException;
    }

    private void withDovecot(DovecotUse use) throws IOException {
        if (DovecotServer.isInstalled()) {
            progress.accept("Starting Dovecot");
            try (DovecotServer dovecot = DovecotServer.start()) {
                use.of(dovecot);
            }
        } else {
            progress.accept("There is no Dovecot to compare with (Debian: apt-get install dovecot-imapd dovecot-submissiond)");
        }
    }

    private Figures operations(Backend backend, String server, Listener listener, Integer... resynchronised)
            throws IOException, InterruptedException {
        return withUser(backend, james -> operations(server, options.ports().of(listener), resynchronised));
    }

    private Figures operations(String server, int port, Integer... resynchronised) throws IOException {
        progress.accept("measuring operations of " + server);
        return new Figures(server, new OperationBench(port, BENCH_USER, List.of(resynchronised), progress).measure());
    }

    private Figures submission(Backend backend, String server, Listener listener) throws IOException, InterruptedException {
        return withUser(backend, james -> submission(server, options.ports().of(listener), options.ports().of(Listener.IMAP)));
    }

    private Figures submission(String server, int smtpPort, int imapPort) {
        progress.accept("measuring submission to " + server);
        return new Figures(server, new SubmissionBench(smtpPort, imapPort, BENCH_USER, progress).measure());
    }

    private interface OfJames<T> {
        T measure(JamesProcess james) throws IOException;
    }

    /** On a James of its own: the next one shall not find what this one leaves in memory. */
    private <T> T withUser(Backend backend, OfJames<T> use) throws IOException, InterruptedException {
        return launcher.on(backend).withServer(BENCH_HEAP_MIB, (james, stores) -> {
            new Accounts(options.ports()).create(BENCH_USER);
            return use.measure(james);
        });
    }

    private Figures measured(JamesProcess james, JamesStores stores) throws IOException, InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>(new Bench(options.ports(), progress).measure());
        Map<String, ProcessHandle> programs = new LinkedHashMap<>();
        programs.put("James", james.program());
        programs.putAll(stores.programs());
        double all = 0;
        for (Map.Entry<String, ProcessHandle> program : programs.entrySet()) {
            double memory = ResidentMemory.of(program.getValue());
            figures.put("MiB of memory, " + program.getKey(), memory);
            all += memory;
        }
        figures.put("MiB of memory, in all", all);
        return new Figures(stores.programs().isEmpty() ? "memory" : String.join(", ", stores.programs().keySet()), figures);
    }
}
