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
package io.jamesext.testing.transcript;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.google.common.collect.ImmutableMap;

/** Plays transcripts against a server. */
public final class TranscriptRunner {
    /** Some answers are slow by design: passwords are hashed long, on machines that have other work. */
    private static final int PATIENCE_MILLIS = 20_000;
    /** How long something that must not arrive is waited for. */
    private static final int SOON_MILLIS = 300;

    private record Endpoint(Wire wire, String host, int port) {
    }

    private final Endpoint own;
    private final Map<String, Endpoint> others;
    private final Map<String, Transcript> preambles;
    private final Matching.Known known;
    private final Consumer<String> echo;
    private final boolean octetByOctet;

    /** Against a server, with no preambles. */
    public TranscriptRunner(Wire wire, String host, int port) {
        this(new Endpoint(wire, host, port), ImmutableMap.of(), ImmutableMap.of(), Matching.Known.NOTHING, line -> { }, false);
    }

    private TranscriptRunner(Endpoint own, Map<String, Endpoint> others, Map<String, Transcript> preambles, Matching.Known known,
        Consumer<String> echo, boolean octetByOctet) {
        this.own = own;
        this.others = others;
        this.preambles = preambles;
        this.known = known;
        this.echo = echo;
        this.octetByOctet = octetByOctet;
    }

    /** The same with one more preamble, for transcripts that say {@code # state: name}. */
    public TranscriptRunner with(String name, String preamble) {
        return new TranscriptRunner(own, others, ImmutableMap.<String, Transcript>builder().putAll(preambles)
            .put(name, Transcript.parse(name, preamble)).build(), known, echo, octetByOctet);
    }

    /** The same, and {@code ${name}} stands for this value from the beginning. */
    public TranscriptRunner given(String name, String value) {
        return knowing(new Matching.Known(
            ImmutableMap.<String, String>builder().putAll(known.values()).put(name, value).build(), known.functions()));
    }

    /**
     * The same, and {@code ${function name}} in what the client sends stands for what the function makes of the value of {@code ${name}}.
     */
    public TranscriptRunner function(String function, UnaryOperator<String> of) {
        return knowing(new Matching.Known(known.values(),
            ImmutableMap.<String, UnaryOperator<String>>builder().putAll(known.functions()).put(function, of).build()));
    }

    private TranscriptRunner knowing(Matching.Known more) {
        return new TranscriptRunner(own, others, preambles, more, echo, octetByOctet);
    }

    /** The same with another server, for transcripts that say {@code # connection 2: name}. */
    public TranscriptRunner endpoint(String name, Wire wire, String host, int port) {
        return new TranscriptRunner(own, ImmutableMap.<String, Endpoint>builder().putAll(others)
            .put(name, new Endpoint(wire, host, port)).build(), preambles, known, echo, octetByOctet);
    }

    /** The same, and each message is shown as it passes. */
    public TranscriptRunner echo(Consumer<String> lines) {
        return new TranscriptRunner(own, others, preambles, known, lines, octetByOctet);
    }

    /** The same, and each octet of the client's is a write of its own, which the server mostly reads alone. */
    public TranscriptRunner octetByOctet() {
        return new TranscriptRunner(own, others, preambles, known, echo, true);
    }

    /** Plays it, or fails with the place, what was expected, what came, and the conversation so far. */
    public void run(Transcript transcript) {
        try (Play play = new Play(transcript)) {
            play.run();
        } catch (IOException e) {
            throw new AssertionError(transcript.name() + ": the connection broke", e);
        }
    }

    /** One run of one transcript. */
    private final class Play implements AutoCloseable {
        private final Transcript transcript;
        private final Matching matching = new Matching(known);
        private final Map<Integer, ClientConnection> connections = new HashMap<>();
        private final List<String> log = new ArrayList<>();

        Play(Transcript transcript) {
            this.transcript = transcript;
        }

        void run() throws IOException {
            play(transcript.name(), transcript.steps(), 0);
        }

        /** Plays steps on the connections that they name, or all on the one connection of a preamble. */
        private void play(String name, List<Step> steps, int only) throws IOException {
            for (Iterator<Step> rest = steps.iterator(); rest.hasNext();) {
                Step step = rest.next();
                int number = only == 0 ? step.connection() : only;
                ClientConnection connection = connection(number, only == 0);
                String place = name + ":" + step.line();
                switch (step.kind()) {
                    case CLIENT -> send(number, connection, matching.fill(step.text()));
                    case SERVER -> expect(place, number, connection, step.text());
                    case SERVER_ANY -> skip(number, connection, step.text());
                    case NOT_SERVER -> expectNot(place, connection, step.text());
                    case SUB_BEGIN -> expectAnyOrder(place, number, connection, rest);
                    case SUB_END -> throw new IllegalArgumentException(place + ": } without SUB {");
                    case TLS -> connection.encrypt();
                    case WAIT -> pause();
                    case CLOSED -> expectClosed(place, connection);
                }
            }
        }

        private ClientConnection connection(int number, boolean withPreamble) throws IOException {
            ClientConnection known = connections.get(number);
            if (known != null) {
                return known;
            }
            Endpoint endpoint = endpoint(number);
            ClientConnection fresh = new ClientConnection(endpoint.wire(), endpoint.host(), endpoint.port());
            connections.put(number, fresh);
            if (withPreamble && transcript.state().isPresent() && !transcript.endpoints().containsKey(number)) {
                String state = transcript.state().get();
                Transcript preamble = Optional.ofNullable(preambles.get(state))
                    .orElseThrow(() -> new IllegalArgumentException(transcript.name() + ": no preamble " + state));
                play(state, preamble.steps(), number);
            }
            return fresh;
        }

        private Endpoint endpoint(int number) {
            String name = transcript.endpoints().get(number);
            if (name == null) {
                return own;
            }
            return Optional.ofNullable(others.get(name))
                .orElseThrow(() -> new IllegalArgumentException(transcript.name() + ": no endpoint " + name));
        }

        private void send(int number, ClientConnection connection, String text) throws IOException {
            note(number, "C: " + text);
            connection.send(text, octetByOctet);
        }

        private void expect(String place, int number, ClientConnection connection, String pattern) throws IOException {
            String message = connection.next(PATIENCE_MILLIS).orElseThrow(() -> failure(place, pattern, "nothing"));
            if (!connection.matches(pattern, message, matching)) {
                throw failure(place, matching.fill(pattern), message);
            }
            note(number, "S: " + message);
        }

        private void skip(int number, ClientConnection connection, String pattern) throws IOException {
            Optional<String> message = connection.next(PATIENCE_MILLIS);
            while (message.isPresent() && connection.matches(pattern, message.get(), matching)) {
                note(number, "S: " + message.get());
                message = connection.next(PATIENCE_MILLIS);
            }
            message.ifPresent(early -> connection.pushBack(List.of(early)));
        }

        private void expectNot(String place, ClientConnection connection, String pattern) throws IOException {
            List<String> seen = new ArrayList<>();
            for (Optional<String> next = connection.next(SOON_MILLIS); next.isPresent(); next = connection.next(SOON_MILLIS)) {
                seen.add(next.get());
                if (connection.matches(pattern, next.get(), matching)) {
                    throw failure(place, "not " + pattern, next.get());
                }
            }
            connection.pushBack(seen);
        }

        private void expectAnyOrder(String place, int number, ClientConnection connection, Iterator<Step> rest) throws IOException {
            List<String> patterns = new ArrayList<>();
            for (Step step = rest.next(); step.kind() != Step.Kind.SUB_END; step = rest.next()) {
                patterns.add(step.text());
            }
            while (!patterns.isEmpty()) {
                String message = connection.next(PATIENCE_MILLIS).orElseThrow(() -> failure(place, patterns.toString(), "nothing"));
                String matched = patterns.stream().filter(pattern -> connection.matches(pattern, message, matching)).findFirst()
                    .orElseThrow(() -> failure(place, patterns.toString(), message));
                patterns.remove(matched);
                note(number, "S: " + message);
            }
        }

        private void expectClosed(String place, ClientConnection connection) throws IOException {
            if (!connection.isClosedWithin(PATIENCE_MILLIS)) {
                throw failure(place, "the server closes", "it did not");
            }
        }

        private void note(int number, String message) {
            String line = number == 1 ? message : number + " " + message;
            log.add(line);
            echo.accept(line);
        }

        private AssertionError failure(String place, String expected, String actual) {
            return new AssertionError(place + "\nexpected: " + expected + "\n but got: " + actual + "\nafter:\n" + String.join("\n", log));
        }

        @Override
        public void close() throws IOException {
            for (ClientConnection connection : connections.values()) {
                connection.close();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SOON_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
