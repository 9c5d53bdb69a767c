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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Delivers messages to one account and keeps count: how many went in, how many were refused, and why. */
public final class Delivery implements MailSource.Receiver, AutoCloseable {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    private final Ports ports;
    private final String recipient;
    private final Consumer<String> progress;
    private final Map<String, Integer> refusals = new TreeMap<>();
    private Optional<LmtpClient> connection = Optional.empty();
    private long lastProgress = System.nanoTime();
    private int delivered;
    private int refused;

    public Delivery(Ports ports, String recipient, Consumer<String> progress) {
        this.ports = ports;
        this.recipient = recipient;
        this.progress = progress;
    }

    @Override
    public void message(String origin, byte[] message) throws IOException {
        Optional<String> refusal = deliver(message);
        if (refusal.isPresent()) {
            refused++;
            refusals.merge(refusal.get(), 1, Integer::sum);
            progress.accept("refused: " + origin + ": " + refusal.get());
        } else {
            delivered++;
        }
        if (System.nanoTime() - lastProgress > PROGRESS_EVERY.toNanos()) {
            lastProgress = System.nanoTime();
            progress.accept("delivering to " + recipient + ": " + delivered + " delivered, " + refused + " refused");
        }
    }

    /** A connection that breaks off over a message has refused that message; the next one gets a new connection. */
    private Optional<String> deliver(byte[] message) throws IOException {
        LmtpClient client = connection.isPresent() ? connection.get() : LmtpClient.connect(ports);
        connection = Optional.of(client);
        try {
            return client.deliver(message, recipient);
        } catch (IOException e) {
            close();
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    public int delivered() {
        return delivered;
    }

    /** One line: what came of it. */
    public String summary() {
        String why = refusals.isEmpty() ? "" : " " + refusals;
        return delivered + " messages delivered to " + recipient + ", " + refused + " refused" + why;
    }

    @Override
    public void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (IOException e) {
            // The server has hung up already, which is what was wanted.
        }
        connection = Optional.empty();
    }
}
