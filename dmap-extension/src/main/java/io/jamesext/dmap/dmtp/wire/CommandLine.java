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
package io.jamesext.dmap.dmtp.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A command's words: the verb, and arguments in any order. An argument has a name, or only its place in the older spelling. PROTOCOL.md
 * section 10.1:
 * <pre>{@code
 * command  = verb *(1*SP argument) *SP CRLF
 * argument = [name "="] ("<" text ">" / "[" text "]" / word)
 * }</pre>
 */
public final class CommandLine {
    /** Octets of a line with its end, from libdime. Protects the heap from a client that never ends its line. */
    public static final int MAX_BYTES = 512;
    private static final Pattern VERB = Pattern.compile("([A-Za-z]{1,16})(?= |$)");
    private static final Pattern ARGUMENT = Pattern.compile(
        "\\G +(?:([A-Za-z]{1,16})=)?(?:<([!-;=?-~]*)>|\\[([!-Z^-~]*)\\]|([!-;=?-Z^-~]+))(?= |$)");

    private final String verb;
    private final Map<String, String> named = new LinkedHashMap<>();
    private final List<String> placed = new ArrayList<>();

    private CommandLine(String verb) {
        this.verb = verb;
    }

    /** The words of a line without its end. SYNTAX if it has no verb, or something that is no argument, or one of them twice. */
    public static CommandLine parse(String text) {
        Matcher verb = VERB.matcher(text);
        if (!verb.lookingAt()) {
            throw new ProtocolException(Failure.SYNTAX, "expected a command");
        }
        CommandLine line = new CommandLine(verb.group(1).toUpperCase(Locale.ROOT));
        int end = text.stripTrailing().length();
        Matcher argument = ARGUMENT.matcher(text).region(verb.end(), end);
        int at = verb.end();
        while (at < end && argument.find()) {
            line.add(argument);
            at = argument.end();
        }
        if (at < end) {
            throw new ProtocolException(Failure.SYNTAX, "expected NAME=<text> or NAME=[text]");
        }
        return line;
    }

    private void add(Matcher argument) {
        String value = Stream.of(2, 3, 4).map(argument::group).filter(Objects::nonNull).findFirst().orElseThrow();
        String name = argument.group(1);
        if (name == null) {
            placed.add(value);
        } else if (named.putIfAbsent(name.toUpperCase(Locale.ROOT), value) != null) {
            throw new ProtocolException(Failure.SYNTAX, "an argument stands twice");
        }
    }

    /** The verb in upper case. */
    public String verb() {
        return verb;
    }

    /** The argument of this name, if it is there. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /** The argument of this name. SYNTAX if it is not there. */
    public String require(String name) {
        return find(name).orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "expected " + name + "="));
    }

    /** The fingerprint of this name, if it is there. SYNTAX if it is none. */
    public Optional<Fingerprint> fingerprint() {
        return find("FINGERPRINT").map(Fingerprint::parse);
    }

    /** The argument of the older spelling at a place, from 0, if it is there. */
    public Optional<String> placed(int place) {
        return place < placed.size() ? Optional.of(placed.get(place)) : Optional.empty();
    }

    /** SYNTAX if there are arguments of other names, or more without a name. */
    public CommandLine only(int mostPlaced, String... names) {
        if (!List.of(names).containsAll(named.keySet()) || placed.size() > mostPlaced) {
            throw new ProtocolException(Failure.SYNTAX, "an argument that the command has not");
        }
        return this;
    }

    /** How many octets come behind a DATA command; empty for other commands. SYNTAX if DATA says anything else than a number. */
    public Optional<Long> announced() {
        return verb.equals("DATA") ? Optional.of(number(only(0, "SIZE").find("SIZE").orElse(""))) : Optional.empty();
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,10}")) {
            throw new ProtocolException(Failure.SYNTAX, "expected SIZE=[number of octets]");
        }
        return Long.parseLong(text);
    }
}
