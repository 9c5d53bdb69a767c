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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.stores.FreePorts;
import io.jamesext.stores.Jvm;
import io.jamesext.stores.LaunchFailure;
import io.jamesext.stores.Pause;
import io.jamesext.stores.SupervisedProcess;

/** A James in a process of its own, which ends with this process at the latest. */
public final class JamesProcess implements AutoCloseable {
    private static final String TITLE = "James";
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    /** What James gets where nobody asks for more. */
    static final int HEAP_MIB = 512;
    private static final int SHORT_LIST = 4;

    private final SupervisedProcess process;
    private final WorkingDirectory directory;
    private volatile boolean stopping;

    private JamesProcess(SupervisedProcess process, WorkingDirectory directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts James on this directory, with a heap for a laptop, and returns at once; see {@link #awaitListeners}. */
    public static JamesProcess start(Installation installation, WorkingDirectory directory) {
        return start(installation, directory, HEAP_MIB);
    }

    /** The same with a heap of at most so many MiB. */
    static JamesProcess start(Installation installation, WorkingDirectory directory, int heapMib) {
        for (Listener listener : directory.listeners()) {
            int port = directory.ports().of(listener);
            if (!FreePorts.isFree(port)) {
                throw new LaunchFailure("Port " + port + " (" + listener.title() + ") is taken",
                    "Stop the program that listens there (ss -ltnp 'sport = :" + port + "' shows it),"
                        + " or use other ports: --ports free, or --ports 20000");
            }
        }
        Path path = directory.path().toAbsolutePath();
        List<String> command = ImmutableList.<String>builder()
            .add(Jvm.executable(), "-Xmx" + heapMib + "m", "-Djava.net.preferIPv4Stack=true", "-Djdk.tls.ephemeralDHKeySize=2048")
            .add("-Dworking.directory=" + path)
            .add("-Dlogback.configurationFile=" + path.resolve("conf/logback.xml"))
            .add("-Dextra.props=" + path.resolve("conf/jvm.properties"))
            .add(installation.mainClass(), "--generate-keystore")
            .build();
        return new JamesProcess(SupervisedProcess.start(TITLE, path, command, ImmutableMap.of("CLASSPATH", installation.classPath())),
            directory);
    }

    /** Waits until every listener has answered, with a line of progress every two seconds. */
    public void awaitListeners(Consumer<String> progress) {
        long start = System.nanoTime();
        Duration next = PROGRESS_EVERY;
        Set<Listener> silent = directory.listeners();
        while (true) {
            silent = SignOfLife.missing(silent, directory.ports());
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (silent.isEmpty()) {
                return;
            }
            if (!process.isRunning()) {
                throw died("James ended while it was starting");
            }
            if (elapsed.compareTo(LONGEST_START) > 0) {
                throw died("James did not answer on " + titles(silent) + " within " + LONGEST_START.toSeconds() + " s");
            }
            if (elapsed.compareTo(next) >= 0) {
                progress.accept("starting James: " + elapsed.toSeconds() + " s, waiting for " + waitingFor(silent));
                next = next.plus(PROGRESS_EVERY);
            }
            Pause.aMoment();
        }
    }

    /** Returns when James was stopped; fails when it has ended by itself. */
    public void awaitEnd() throws InterruptedException {
        process.awaitEnd();
        if (!stopping) {
            throw died("James has ended by itself");
        }
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** James itself, once it has started. */
    ProcessHandle program() {
        return process.program().orElseThrow();
    }

    public WorkingDirectory directory() {
        return directory;
    }

    /** Stops James and returns when it is gone. */
    @Override
    public void close() {
        stopping = true;
        process.close();
    }

    private LaunchFailure died(String what) {
        return new LaunchFailure(what + process.lastWords(directory.log()),
            "The whole log is in " + directory.log() + " and " + directory.console());
    }

    private static String waitingFor(Set<Listener> listeners) {
        return listeners.size() > SHORT_LIST ? listeners.size() + " listeners" : titles(listeners);
    }

    private static String titles(Set<Listener> listeners) {
        return String.join(", ", listeners.stream().map(Listener::title).toList());
    }
}
