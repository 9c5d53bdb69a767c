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
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.google.common.collect.ImmutableList;

/**
 * The command line of {@code ./james}.
 *
 * @param command what to do
 * @param data the working directory
 * @param ports of the listeners
 * @param demo whether to make the demonstration's accounts and mail
 * @param mail a directory whose mail is delivered to alice
 * @param rest the arguments of James's own command line client
 */
public record Options(Command command, Path data, Ports ports, boolean demo, Optional<Path> mail, List<String> rest) {
    /** What {@code ./james} can do. */
    public enum Command { RUN, DEMO, CLI }

    /** Shown when the command line is wrong. */
    public static final String USAGE = String.join("\n",
        "    ./james run [--demo] [--mail DIR] [--data DIR] [--ports N|free]",
        "        builds what is missing, starts James with our jar, waits for Ctrl-C",
        "    ./james demo [--data DIR] [--ports N|free]",
        "        the same with accounts and mail, then a tour through each protocol, then the end",
        "    ./james cli [--data DIR] ARGS",
        "        the James CLI on the running server: ./james cli AddUser carol@example.org secret");

    private static final int HIGHEST_PORT = 65_535;

    public Options {
        rest = ImmutableList.copyOf(rest);
    }

    /** Reads the command line; {@code target} is the project's build folder. */
    public static Options parse(List<String> arguments, Path target) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Command command = command(left.poll());
        Path data = target.resolve(command == Command.DEMO ? "james-demo" : "james");
        Ports ports = Ports.defaults();
        boolean demo = command == Command.DEMO;
        Optional<Path> mail = Optional.empty();
        while (!left.isEmpty() && left.element().startsWith("--")) {
            String option = left.remove();
            switch (option) {
                case "--demo" -> demo = true;
                case "--data" -> data = Path.of(value(option, left));
                case "--ports" -> ports = ports(value(option, left));
                case "--mail" -> mail = Optional.of(directory(value(option, left)));
                default -> throw wrong("There is no option " + option);
            }
        }
        if (command != Command.CLI && !left.isEmpty()) {
            throw wrong("Nobody knows what " + left.element() + " is for");
        }
        return new Options(command, data, ports, demo, mail, List.copyOf(left));
    }

    private static Command command(@Nullable String name) {
        if (name == null) {
            throw wrong("What should James do?");
        }
        return switch (name) {
            case "run" -> Command.RUN;
            case "demo" -> Command.DEMO;
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

    private static LaunchFailure wrong(String what) {
        return new LaunchFailure(what, "Use one of\n" + USAGE);
    }
}
