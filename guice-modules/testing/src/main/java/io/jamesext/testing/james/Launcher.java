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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.jamesext.stores.LaunchFailure;

/** The program behind {@code ./james}: starts a James with our jar and fills it, or sends the James CLI to one that runs. */
public final class Launcher {
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
            case BENCH -> new BenchRun(this, project, options, this::say).run();
        };
    }

    private int cli() throws InterruptedException {
        Path path = options.directory();
        return new JamesCli(installation, path, RunningServer.port(path, Listener.JMX)).run(options.rest());
    }

    /** The same on another backend, in a folder of its own. */
    Launcher on(Backend backend) {
        return new Launcher(project, options.on(backend), out);
    }

    /** What is done with a server. */
    interface Use<T> {
        T of(JamesProcess james, JamesStores stores) throws IOException, InterruptedException;
    }

    /** Starts James and what it needs, and stops both when they have been used. */
    <T> T withServer(int heapMib, Use<T> use) throws IOException, InterruptedException {
        Path path = options.directory();
        try (RunningServer claim = RunningServer.claim(path);
             JamesStores stores = JamesStores.open(project, options, this::say)) {
            WorkingDirectory directory = WorkingDirectory.layOut(path, options.ports(), installation,
                new DomainKeys(options.data().resolve(DomainKeys.FOLDER)), configuration(stores));
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
