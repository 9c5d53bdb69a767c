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

package io.jamesext.stores;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The RabbitMQ that is installed on this machine, as a node of its own: nothing of it is seen by, or comes from, another RabbitMQ here.
 * Erlang's port mapper, which would otherwise start as a daemon and stay, is a process of the store like the node itself.
 */
public final class RabbitMqServer {
    private static final String TITLE = "RabbitMQ";
    private static final String UNWANTED = "JAMESEXT_RABBITMQ";
    /** Debian's own {@code rabbitmq-server} insists on root and changes to another user; this is what it calls. */
    private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration LONGEST_MAPPER_START = Duration.ofSeconds(10);
    /** Without the shell that would take SIGTERM in its place, without a daemon, without waiting busily. */
    private static final String ERLANG = "-noinput -start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
        + " +sbwt none +sbwtdcpu none +sbwtdio none";

    private RabbitMqServer() {
    }

    /** Its program, where there is one, unless the environment says {@code JAMESEXT_RABBITMQ=none}. */
    public static Optional<Path> installed() {
        Optional<Path> found = program("rabbitmq-server").filter(program -> !"none".equals(System.getenv(UNWANTED)));
        return found.map(program -> Files.isExecutable(DEBIAN) ? DEBIAN : program);
    }

    /**
     * Its program, for a test that cannot do without: empty where the test is to be skipped. In CI, which installs it, a missing one is
     * a failure; CI is where the environment has {@code CI}.
     */
    public static Optional<Path> forTests() {
        Optional<Path> program = installed();
        if (program.isEmpty() && System.getenv("CI") != null) {
            throw new LaunchFailure("There is no rabbitmq-server on the PATH or in /usr/sbin, and in CI the tests that need it must run",
                "Install it (Debian: apt-get install rabbitmq-server)");
        }
        return program;
    }

    /** Starts it and returns at once. */
    public static StoreProcess start(Path program, Path where, StorePorts ports) {
        StorePorts.expectFree(Map.of(TITLE, ports.amqp(), "RabbitMQ's management", ports.management(), "RabbitMQ's Erlang", ports.erlang(),
            "epmd", ports.epmd()));
        Path folder = where.toAbsolutePath();
        Path conf = folder.resolve("conf");
        Resources.write("rabbitmq.conf", conf.resolve("rabbitmq.conf"), Map.of("port", ports.amqp(), "management", ports.management()));
        Resources.write("rabbitmq-plugins", conf.resolve("enabled_plugins"), Map.of());
        // So that /etc/rabbitmq/rabbitmq-env.conf says nothing here.
        Resources.write("rabbitmq-env.conf", conf.resolve("env.conf"), Map.of());
        SupervisedProcess mapper = startMapper(folder.resolve("epmd"), ports.epmd());
        SupervisedProcess process = SupervisedProcess.start(TITLE, folder, List.of(program.toString()), environment(folder, ports));
        return new StoreProcess(TITLE, process, folder.resolve("logs/rabbit.log"), SignOfLife.rabbitMq(address(ports)), mapper);
    }

    static RabbitMq address(StorePorts ports) {
        return new RabbitMq(URI.create("amqp://guest:guest@" + LOOPBACK + ":" + ports.amqp()),
            URI.create("http://" + LOOPBACK + ":" + ports.management()));
    }

    private static Map<String, String> environment(Path folder, StorePorts ports) {
        Path conf = folder.resolve("conf");
        return Map.ofEntries(
            // Erlang keeps its cookie there.
            Map.entry("HOME", folder.toString()),
            Map.entry("RABBITMQ_NODENAME", "jamesext@localhost"),
            Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
            Map.entry("RABBITMQ_LOG_BASE", folder.resolve("logs").toString()),
            Map.entry("RABBITMQ_CONFIG_FILE", conf.resolve("rabbitmq.conf").toString()),
            Map.entry("RABBITMQ_CONF_ENV_FILE", conf.resolve("env.conf").toString()),
            Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", conf.resolve("enabled_plugins").toString()),
            Map.entry("RABBITMQ_DIST_PORT", Integer.toString(ports.erlang())),
            Map.entry("ERL_EPMD_PORT", Integer.toString(ports.epmd())),
            Map.entry("ERL_EPMD_ADDRESS", LOOPBACK),
            Map.entry("ERL_CRASH_DUMP", folder.resolve("logs/erl_crash.dump").toString()),
            // With it the start script becomes the node instead of waiting for it.
            Map.entry("RABBITMQ_ALLOW_INPUT", "true"),
            Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ERLANG));
    }

    private static SupervisedProcess startMapper(Path folder, int port) {
        Path program = program("epmd").orElseThrow(() -> new LaunchFailure("RabbitMQ is installed, but Erlang's epmd is not on the PATH",
            "Add the bin folder of Erlang to the PATH (Debian: apt install erlang-base)"));
        SupervisedProcess mapper = SupervisedProcess.start("epmd", folder,
            List.of(program.toString(), "-port", Integer.toString(port), "-address", LOOPBACK), Map.of());
        // Not by a look whether the port is free: that takes it for a moment, in which the mapper may want it.
        SignOfLife life = SignOfLife.portMapper(new InetSocketAddress(LOOPBACK, port));
        long end = System.nanoTime() + LONGEST_MAPPER_START.toNanos();
        while (!lives(life)) {
            if (!mapper.isRunning() || System.nanoTime() > end) {
                mapper.close();
                throw new LaunchFailure("Erlang's epmd does not start" + mapper.lastWords(mapper.console()),
                    "Try it by hand: epmd -port " + port + " -address " + LOOPBACK);
            }
            Pause.aMoment();
        }
        return mapper;
    }

    private static boolean lives(SignOfLife life) {
        try {
            life.check();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Path> program(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    }
}
