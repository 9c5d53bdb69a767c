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

package io.jamesext.testing.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;

import io.jamesext.stores.FreePorts;
import io.jamesext.stores.LaunchFailure;
import io.jamesext.stores.Pause;
import io.jamesext.stores.SupervisedProcess;

/**
 * The Dovecot that is installed on this machine, as the server to be measured beside James: with its own defaults, on the loopback, with
 * mail, state and configuration in one folder, seen by no other Dovecot here. Any user with the password {@code secret} may log in.
 */
public final class DovecotServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
    private static final Path SUBMISSION = Path.of("/usr/lib/dovecot/submission");
    private static final String TITLE = "Dovecot";
    private static final Duration LONGEST_START = Duration.ofSeconds(20);

    private final Path folder;
    private final SupervisedProcess process;
    private final List<Integer> ports;
    private final SmtpSink sink;

    private DovecotServer(Path folder, SupervisedProcess process, List<Integer> ports, SmtpSink sink) {
        this.folder = folder;
        this.process = process;
        this.ports = ports;
        this.sink = sink;
    }

    /** Whether there is one. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Starts it on empty mailboxes, and returns when it answers. */
    public static DovecotServer start() throws IOException {
        List<Integer> ports = FreePorts.take(2);
        Path folder = Files.createTempDirectory("jamesext-dovecot");
        Path mail = Files.createDirectory(folder.resolve("mail"));
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            // Dovecot reads no mail as root: there its processes belong to nobody, who must get to the mail.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Path configuration = folder.resolve("dovecot.conf");
        SmtpSink sink = SmtpSink.open();
        Files.writeString(configuration, configuration(folder, ports, sink.port(), root));
        SupervisedProcess process = SupervisedProcess.start(TITLE, folder,
            List.of(PROGRAM.toString(), "-F", "-c", configuration.toString()), Map.of());
        DovecotServer server = new DovecotServer(folder, process, ports, sink);
        try {
            server.awaitAnswer();
            return server;
        } catch (LaunchFailure e) {
            server.process.close();
            throw e;
        }
    }

    public int port() {
        return ports.get(0);
    }

    /** Of its submission server, if Debian's dovecot-submissiond is installed too. What it takes is relayed, and thrown away there. */
    public OptionalInt submissionPort() {
        return hasSubmission() ? OptionalInt.of(ports.get(1)) : OptionalInt.empty();
    }

    private static boolean hasSubmission() {
        return Files.isExecutable(SUBMISSION);
    }

    /** Its main process. */
    public Optional<ProcessHandle> program() {
        return process.program();
    }

    /** Stops it and removes its folder. */
    @Override
    public void close() throws IOException {
        process.close();
        sink.close();
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (!process.isRunning() || System.nanoTime() > end) {
                throw new LaunchFailure("Dovecot does not start" + process.lastWords(folder.resolve("dovecot.log")),
                    "Look into " + folder + ", or take Dovecot off this machine: the bench then goes without it");
            }
            Pause.aMoment();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            return socket.getInputStream().read() == '*';
        } catch (IOException e) {
            return false;
        }
    }

    private static String configuration(Path folder, List<Integer> ports, int relay, boolean root) throws IOException {
        String user = root ? "nobody" : System.getProperty("user.name");
        String group = root ? "nogroup" : Files.readAttributes(folder, PosixFileAttributes.class).group().getName();
        try (InputStream template = Objects.requireNonNull(DovecotServer.class.getResourceAsStream("dovecot.conf"))) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                .replace("${folder}", folder.toString())
                .replace("${protocols}", hasSubmission() ? "imap submission" : "imap")
                .replace("${port}", Integer.toString(ports.get(0)))
                .replace("${submission}", Integer.toString(ports.get(1)))
                .replace("${relay}", Integer.toString(relay))
                .replace("${user}", user)
                .replace("${group}", group);
        }
    }
}
