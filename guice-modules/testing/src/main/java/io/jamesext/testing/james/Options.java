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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.common.collect.ImmutableList;

import io.jamesext.stores.LaunchFailure;
import io.jamesext.stores.StoreAddresses;

/**
 * The command line of {@code ./james}.
 *
 * @param command what to do
 * @param data the working directory of the first node, in which the others have theirs
 * @param ownFolder whether the data folder is the one below {@code target/} that nobody has chosen
 * @param ports of the listeners
 * @param backend what James keeps its mail on
 * @param node which of several servers on the same stores this is, from 1
 * @param ownStores the operator's, if no stores are to be started
 * @param demo whether to make the demonstration's accounts and mail
 * @param mail a directory whose mail is delivered to alice
 * @param rest the arguments of James's own command line client, or the one part that the bench is to measure
 */
public record Options(Command command, Path data, boolean ownFolder, Ports ports, Backend backend, int node,
                      Optional<StoreAddresses> ownStores, boolean demo, Optional<Path> mail, List<String> rest) {
    /** What {@code ./james} can do. */
    public enum Command { RUN, DEMO, BENCH, CLI }

    /** Shown when the command line is wrong. */
    public static final String USAGE = String.join("\n",
        "    ./james run [--demo] [--mail DIR] [--data DIR] [--ports N|free] [--backend memory|cassandra]",
        "        builds what is missing, starts James with our jar, waits for Ctrl-C",
        "        --backend cassandra also starts Cassandra, OpenSearch and, where it is installed, RabbitMQ;",
        "        --node 2 starts a second James on those of the first, which runs already; or your own stores:",
        "        --cassandra HOST:PORT --opensearch URL [--rabbitmq amqp://USER:PASSWORD@HOST:PORT [--rabbitmq-management URL]]",
        "    ./james demo [--data DIR] [--ports N|free] [--backend memory|cassandra]",
        "        the same with accounts and mail, then a tour through each protocol, then the end",
        "    ./james bench [--data DIR] [--ports N|free] [order|ximss|agap|dmap|submission]",
        "        measures James on memory, then on Cassandra and OpenSearch, and prints the tables of the README, or those of one part",
        "    ./james cli [--data DIR] [--node 2] ARGS",
        "        the James CLI on the running server: ./james cli AddUser carol@example.org secret");

    private static final Set<String> PARTS = Set.of("order", "ximss", "agap", "dmap", "submission");
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_NODES = 3;

    public Options {
        rest = ImmutableList.copyOf(rest);
    }

    /** Reads the command line; {@code target} is the project's build folder. */
    public static Options parse(List<String> arguments, Path target) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Command command = command(left.poll());
        Map<String, String> given = new HashMap<>();
        while (!left.isEmpty() && left.element().startsWith("--")) {
            String option = left.remove();
            given.put(option, switch (option) {
                case "--demo" -> "";
                case "--data", "--ports", "--mail", "--backend", "--node", "--cassandra", "--opensearch", "--rabbitmq",
                    "--rabbitmq-management" -> value(option, left);
                default -> throw wrong("There is no option " + option);
            });
        }
        if (!takes(command, List.copyOf(left))) {
            throw wrong("Nobody knows what " + String.join(" ", left) + " is for");
        }
        return of(command, given, target, List.copyOf(left));
    }

    private static boolean takes(Command command, List<String> rest) {
        return switch (command) {
            case CLI -> true;
            case BENCH -> rest.isEmpty() || rest.size() == 1 && PARTS.contains(rest.get(0));
            case RUN, DEMO -> rest.isEmpty();
        };
    }

    /** Whether the bench is to measure this part: without a name on the command line, all. */
    boolean measures(String part) {
        return rest.isEmpty() || rest.contains(part);
    }

    /** The same in a folder of its own on this backend. */
    Options on(Backend other) {
        return new Options(command, data.resolve(other.folder()), ownFolder, ports, other, node, ownStores, demo, mail, rest);
    }

    /** Where this node runs. */
    public Path directory() {
        return node == 1 ? data : data.resolve("node" + node);
    }

    private static Options of(Command command, Map<String, String> given, Path target, List<String> rest) {
        Optional<StoreAddresses> ownStores = OwnStores.of(given);
        Backend backend = backend(given, ownStores.isPresent());
        int node = node(given);
        if (node > 1 && command != Command.CLI && (command != Command.RUN || backend == Backend.MEMORY)) {
            throw wrong("--node " + node + " needs ./james run --backend cassandra");
        }
        return new Options(command,
            Optional.ofNullable(given.get("--data")).map(Path::of).orElse(target.resolve(folder(command))),
            !given.containsKey("--data"),
            Optional.ofNullable(given.get("--ports")).map(Options::ports).orElse(Ports.ofNode(node)),
            backend, node, ownStores,
            command == Command.DEMO || given.containsKey("--demo"),
            Optional.ofNullable(given.get("--mail")).map(Options::directory),
            rest);
    }

    private static String folder(Command command) {
        return switch (command) {
            case RUN, CLI -> "james";
            case DEMO -> "james-demo";
            case BENCH -> "james-bench";
        };
    }

    private static Backend backend(Map<String, String> given, boolean ownStores) {
        Backend backend = switch (given.getOrDefault("--backend", ownStores ? "cassandra" : "memory")) {
            case "memory" -> Backend.MEMORY;
            case "cassandra" -> Backend.CASSANDRA;
            default -> throw wrong("--backend needs memory or cassandra, not " + given.get("--backend"));
        };
        if (ownStores && backend == Backend.MEMORY) {
            throw wrong("--backend memory uses no stores");
        }
        return backend;
    }

    private static int node(Map<String, String> given) {
        String node = given.getOrDefault("--node", "1");
        if (!node.matches("[1-" + MOST_NODES + "]")) {
            throw wrong("--node needs a number from 1 to " + MOST_NODES + ", not " + node);
        }
        return Integer.parseInt(node);
    }

    private static Command command(@Nullable String name) {
        if (name == null) {
            throw wrong("What should James do?");
        }
        return switch (name) {
            case "run" -> Command.RUN;
            case "demo" -> Command.DEMO;
            case "bench" -> Command.BENCH;
            case "cli" -> Command.CLI;
            default -> throw wrong("There is no command " + name);
        };
    }

    private static Ports ports(String value) {
        if (value.equals("free")) {
            return Ports.free();
        }
        int last = HIGHEST_PORT - Listener.values().length;
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > last) {
            throw wrong("--ports needs a number from 1 to " + last + " or the word free, not " + value);
        }
        return Ports.from(Integer.parseInt(value));
    }

    private static Path directory(String value) {
        Path directory = Path.of(value);
        if (!Files.isDirectory(directory)) {
            throw wrong("--mail needs a directory, and there is none at " + value);
        }
        return directory;
    }

    private static String value(String option, Deque<String> left) {
        String value = left.poll();
        if (value == null) {
            throw wrong(option + " needs a value");
        }
        return value;
    }

    static LaunchFailure wrong(String what) {
        return new LaunchFailure(what, "Use one of\n" + USAGE);
    }
}
