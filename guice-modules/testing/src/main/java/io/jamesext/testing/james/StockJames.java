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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * A running stock James with our jar in it, for integration tests: the same processes, files and checks as {@code ./james run}, on free
 * ports. Use it through {@link StockJamesExtension}.
 */
public final class StockJames implements CloseableResource {
    private final Installation installation;
    private final JamesProcess process;
    private final Accounts accounts;
    private boolean filled;

    private StockJames(Installation installation, JamesProcess process) {
        this.installation = installation;
        this.process = process;
        this.accounts = new Accounts(process.directory().ports());
    }

    /** The project's folder, from the system property {@code jamesext.project}. */
    public static Path project() {
        return Path.of(property("jamesext.project"));
    }

    /** What the build made. */
    public static Installation installation() {
        return Installation.of(project());
    }

    /** A directory for a server of a test; its parent comes from the system property {@code jamesext.it.data}. */
    public static WorkingDirectory directory(String name) {
        return WorkingDirectory.layOut(Path.of(property("jamesext.it.data"), name), Ports.free(), installation());
    }

    static StockJames start() {
        Installation installation = installation();
        JamesProcess process = JamesProcess.start(installation, directory("shared"));
        process.awaitListeners(progress -> { });
        return new StockJames(installation, process);
    }

    public Ports ports() {
        return process.directory().ports();
    }

    public WorkingDirectory directory() {
        return process.directory();
    }

    /** James itself. */
    public ProcessHandle program() {
        return process.program();
    }

    /** Makes an account with the password {@link Accounts#PASSWORD}. */
    public void create(String user) {
        accounts.create(user);
    }

    /** The accounts and the mail of {@code ./james demo}, from the first call on. */
    public synchronized void fill() throws IOException {
        if (!filled) {
            new Demonstration(ports(), progress -> { }).fill();
            filled = true;
        }
    }

    /** Delivers a message over LMTP; it is in the user's INBOX when this returns. */
    public void deliver(String user, byte[] message) throws IOException {
        try (LmtpClient client = LmtpClient.connect(ports())) {
            client.deliver(message, user).ifPresent(refusal -> {
                throw new IllegalStateException("James refused the message: " + refusal);
            });
        }
    }

    /** Runs the James CLI on this server; answers what it printed, and fails when its exit code is not 0. */
    public String cli(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory().path(), "cli", ".out");
        int code = new JamesCli(installation, directory().path(), ports().of(Listener.JMX)).run(Arrays.asList(arguments), output);
        String printed = Files.readString(output);
        if (code != 0) {
            throw new IllegalStateException("exit code " + code + ": " + printed);
        }
        return printed;
    }

    @Override
    public void close() {
        process.close();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is missing: run the test with Maven");
        }
        return value;
    }
}
