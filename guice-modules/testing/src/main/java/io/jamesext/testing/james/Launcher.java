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
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.jamesext.stores.LaunchFailure;
import io.jamesext.testing.bench.AccountBench;
import io.jamesext.testing.bench.Bench;
import io.jamesext.testing.bench.ChunkBench;
import io.jamesext.testing.bench.DovecotServer;
import io.jamesext.testing.bench.Figures;
import io.jamesext.testing.bench.FolderBench;
import io.jamesext.testing.bench.OperationBench;
import io.jamesext.testing.bench.ResidentMemory;
import io.jamesext.testing.bench.SubmissionBench;

/** The program behind {@code ./james}: starts a James with our jar and fills it, or sends the James CLI to one that runs. */
public final class Launcher {
    /** Messages in the mailboxes that are resynchronised: to fill the larger one, Cassandra would need longer than all else takes. */
    private static final int FEW = 10_000;
    private static final int MANY = 100_000;
    private static final int SESSIONS = 1_000;
    private static final int FOLDERS = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(6);
    private static final String BENCH_USER = "bench@example.org";
    /** For 100,000 messages in memory, and all that James's vault and attachment store keep of what is deleted. */
    private static final int BENCH_HEAP_MIB = 4096;

    private final Path project;
    private final Options options;
    private final Installation installation;
    private final PrintStream out;

    private Launcher(Path project, Options options, PrintStream out) {
        this.project = project;
        this.options = options;
        this.installation = Installation.of(project, options.backend());
        this.out = out;
    }

    /** The first argument is the project's folder, the others are the command line of {@code ./james}. */
    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Path project = Path.of(arguments.get(0));
            Options options = Options.parse(arguments.subList(1, arguments.size()), project.resolve("target"));
            return new Launcher(project, options, out).run();
        } catch (LaunchFailure e) {
            err.println("james: " + e.getMessage());
            err.println("       " + e.mend());
            return 1;
        } catch (IOException e) {
            err.println("james: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int run() throws IOException, InterruptedException {
        return switch (options.command()) {
            case CLI -> cli();
            case RUN -> withServer(JamesProcess.HEAP_MIB, (james, stores) -> {
                say("Stop with Ctrl-C. Log: " + james.directory().log());
                james.awaitEnd();
                return 0;
            });
            case DEMO -> withServer(JamesProcess.HEAP_MIB, (james, stores) -> tours(james.directory()));
            case BENCH -> bench();
        };
    }

    private int cli() throws InterruptedException {
        Path path = options.directory();
        return new JamesCli(installation, path, RunningServer.port(path, Listener.JMX)).run(options.rest());
    }

    /** One after the other, so that they share nothing but the machine. */
    private int bench() throws IOException, InterruptedException {
        List<String> tables = new ArrayList<>();
        if (options.measures("operations")) {
            tables.add(Figures.table(backends()));
            tables.add(Figures.table(operations()));
        }
        if (options.measures("ximss")) {
            tables.add(Figures.table(on(Backend.MEMORY).folders(MANY)));
            tables.add(Figures.table(on(Backend.CASSANDRA).folders(FEW)));
        }
        if (options.measures("agap")) {
            tables.add(Figures.table(on(Backend.MEMORY).account(MANY / 2)));
            tables.add(Figures.table(on(Backend.CASSANDRA).account(FEW)));
        }
        if (options.measures("dmap")) {
            tables.add(Figures.table(on(Backend.MEMORY).chunks(MANY)));
            tables.add(Figures.table(on(Backend.CASSANDRA).chunks(FEW)));
        }
        if (options.measures("submission")) {
            tables.add(Figures.table(submission()));
        }
        say("");
        tables.forEach(this::say);
        return 0;
    }

    private List<Figures> backends() throws IOException, InterruptedException {
        List<Figures> backends = new ArrayList<>();
        for (Backend backend : Backend.values()) {
            Launcher launcher = on(backend);
            backends.add(launcher.withServer(JamesProcess.HEAP_MIB, launcher::measured));
        }
        return backends;
    }

    private List<Figures> operations() throws IOException, InterruptedException {
        List<Figures> servers = new ArrayList<>();
        withDovecot(dovecot -> servers.add(operations("Dovecot", dovecot.port(), FEW, MANY)));
        servers.add(on(Backend.MEMORY).operations("stock James", Listener.STOCK_IMAP, FEW));
        servers.add(on(Backend.MEMORY).operations("ours, memory", Listener.IMAP, FEW, MANY));
        servers.add(on(Backend.CASSANDRA).operations("ours, cassandra", Listener.IMAP, FEW));
        return servers;
    }

    /** On a James of its own, with its own IMAP server in the column beside. */
    private List<Figures> folders(int messages) throws IOException, InterruptedException {
        return withServer(BENCH_HEAP_MIB, (james, stores) -> {
            new Accounts(options.ports()).create(BENCH_USER);
            Ports ports = options.ports();
            FolderBench.Servers servers = new FolderBench.Servers(ports.of(Listener.XIMSS), ports.of(Listener.STOCK_IMAP),
                ports.of(Listener.IMAP), james.program(), BENCH_USER, Accounts.PASSWORD);
            return new FolderBench(servers, new FolderBench.Size(messages, SESSIONS, WARM_UP, MEASURED), this::say)
                .measure(options.backend().toString().toLowerCase(Locale.ROOT));
        });
    }

    /** So many messages in small folders, and as many in a large one. Beside our IMAP server, for James's own does not resynchronise. */
    private List<Figures> account(int messages) throws IOException, InterruptedException {
        return withServer(BENCH_HEAP_MIB, (james, stores) -> {
            new Accounts(options.ports()).create(BENCH_USER);
            Ports ports = options.ports();
            AccountBench.Servers servers = new AccountBench.Servers(ports.of(Listener.AGAP), ports.of(Listener.IMAP), BENCH_USER,
                Accounts.PASSWORD);
            return new AccountBench(servers, new AccountBench.Size(FOLDERS, messages, messages, WARM_UP, MEASURED), this::say)
                .measure(options.backend().toString().toLowerCase(Locale.ROOT));
        });
    }

    /** Beside our IMAP server on the same James. */
    private List<Figures> chunks(int messages) throws IOException, InterruptedException {
        return withServer(BENCH_HEAP_MIB, (james, stores) -> {
            new Accounts(options.ports()).create(BENCH_USER);
            Ports ports = options.ports();
            ChunkBench.Servers servers = new ChunkBench.Servers(ports.of(Listener.DMAP), ports.of(Listener.IMAPS), BENCH_USER,
                Accounts.PASSWORD);
            return new ChunkBench(servers, messages, this::say).measure(options.backend().toString().toLowerCase(Locale.ROOT));
        });
    }

    private List<Figures> submission() throws IOException, InterruptedException {
        List<Figures> servers = new ArrayList<>();
        withDovecot(dovecot -> dovecot.submissionPort().ifPresentOrElse(
            port -> servers.add(submission("Dovecot", port, dovecot.port())),
            () -> say("It has no submission server (Debian: apt-get install dovecot-submissiond)")));
        servers.add(on(Backend.MEMORY).submission("stock James", Listener.SMTP));
        servers.add(on(Backend.MEMORY).submission("ours, memory", Listener.SUBMISSION));
        servers.add(on(Backend.CASSANDRA).submission("ours, cassandra", Listener.SUBMISSION));
        return servers;
    }

    private interface DovecotUse {
        void of(DovecotServer dovecot) throws IOException;
    }

    private void withDovecot(DovecotUse use) throws IOException {
        if (DovecotServer.isInstalled()) {
            say("Starting Dovecot");
            try (DovecotServer dovecot = DovecotServer.start()) {
                use.of(dovecot);
            }
        } else {
            say("There is no Dovecot to compare with (Debian: apt-get install dovecot-imapd dovecot-submissiond)");
        }
    }

    private Launcher on(Backend backend) {
        return new Launcher(project, options.on(backend), out);
    }

    /** On a James of its own: the next one shall not find what this one leaves in memory. */
    private Figures operations(String server, Listener listener, Integer... resynchronised) throws IOException, InterruptedException {
        return withServer(BENCH_HEAP_MIB, (james, stores) -> {
            new Accounts(options.ports()).create(BENCH_USER);
            return operations(server, options.ports().of(listener), resynchronised);
        });
    }

    private Figures operations(String server, int port, Integer... resynchronised) throws IOException {
        say("measuring operations of " + server);
        return new Figures(server, new OperationBench(port, BENCH_USER, List.of(resynchronised), this::say).measure());
    }

    private Figures submission(String server, Listener listener) throws IOException, InterruptedException {
        return withServer(BENCH_HEAP_MIB, (james, stores) -> {
            new Accounts(options.ports()).create(BENCH_USER);
            return submission(server, options.ports().of(listener), options.ports().of(Listener.IMAP));
        });
    }

    private Figures submission(String server, int smtpPort, int imapPort) {
        say("measuring submission to " + server);
        return new Figures(server, new SubmissionBench(smtpPort, imapPort, BENCH_USER, this::say).measure());
    }

    private Figures measured(JamesProcess james, JamesStores stores) throws IOException, InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>(new Bench(options.ports(), this::say).measure());
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

    private interface Use<T> {
        T of(JamesProcess james, JamesStores stores) throws IOException, InterruptedException;
    }

    private <T> T withServer(int heapMib, Use<T> use) throws IOException, InterruptedException {
        Path path = options.directory();
        try (RunningServer claim = RunningServer.claim(path);
             JamesStores stores = JamesStores.open(project, options, this::say)) {
            WorkingDirectory directory = WorkingDirectory.layOut(path, options.ports(), installation, configuration(stores));
            say("Starting James in " + path);
            try (JamesProcess james = JamesProcess.start(installation, directory, heapMib)) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(james, stores), "stop"));
                james.awaitListeners(this::say);
                claim.announce(options.ports());
                fill();
                printListeners(directory, stores);
                return use.of(james, stores);
            }
        }
    }

    /** In the bench, James's own IMAP server is open beside ours, and mail that was accepted goes nowhere. */
    private Map<String, String> configuration(JamesStores stores) {
        Map<String, String> files = new HashMap<>(stores.configuration());
        if (options.command() == Options.Command.BENCH) {
            files.put("imapserver.xml", WorkingDirectory.jamesFile("bench/imapserver.xml")
                .replace("${port}", Integer.toString(options.ports().of(Listener.STOCK_IMAP))));
            files.put("mailetcontainer.xml", WorkingDirectory.jamesFile("bench/mailetcontainer.xml"));
        }
        return files;
    }

    /** On the way out, whether by Ctrl-C or at the end of the demonstration: first James, then what it keeps its mail on. */
    private void stop(JamesProcess james, JamesStores stores) {
        if (james.isRunning()) {
            say("Stopping James");
            james.close();
            say("James has stopped");
        }
        stores.close();
    }

    private void fill() throws IOException {
        Demonstration demonstration = new Demonstration(options.ports(), this::say);
        if (options.demo()) {
            demonstration.fill();
        }
        if (options.mail().isPresent()) {
            demonstration.fillWith(options.mail().get());
        }
    }

    /** Plays every tour of a listener that is open; answers the exit code. */
    private int tours(WorkingDirectory directory) {
        int failed = 0;
        List<Tour> tours = Tour.ALL.stream().filter(tour -> directory.listeners().contains(tour.listener())).toList();
        for (Tour tour : tours) {
            say("== " + tour.title());
            try {
                tour.play(project, options.ports(), this::say);
                say("== all answers as expected");
            } catch (AssertionError e) {
                failed++;
                say("== FAILED: " + e.getMessage());
            }
        }
        say("Tours: " + tours.size() + ", failed: " + failed);
        return failed == 0 ? 0 : 1;
    }

    private void printListeners(WorkingDirectory directory, JamesStores stores) {
        out.println();
        for (Listener listener : directory.listeners()) {
            out.printf("  %-16s 127.0.0.1:%d%n", listener.title(), options.ports().of(listener));
        }
        stores.titles().forEach(store -> out.println("  " + store));
        if (options.demo()) {
            out.printf("  accounts         %s and %s, password %s%n", Demonstration.ALICE, Demonstration.BOB, Accounts.PASSWORD);
        } else if (options.mail().isPresent()) {
            out.printf("  account          %s, password %s%n", Demonstration.ALICE, Accounts.PASSWORD);
        } else {
            out.println("  accounts         ./james cli AddUser carol@example.org secret makes one");
        }
        out.println();
    }

    private void say(String line) {
        out.println(line);
    }
}
