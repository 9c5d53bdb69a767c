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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;

import io.jamesext.stores.LaunchFailure;

/**
 * The directory James runs in: {@code conf/}, {@code var/}, {@code extensions-jars/} and {@code logs/}.
 *
 * <p>James's own files come from this package's resources, those of our protocols from {@code conf/} in the bundle jar, which is where
 * an operator finds them too. All of them name the default ports; the chosen ports are put in their places, and the listeners named that
 * way are those that the server is going to have.
 *
 * @param path of the directory
 * @param ports chosen
 * @param listeners that the configuration opens
 */
public record WorkingDirectory(Path path, Ports ports, Set<Listener> listeners) {
    private static final List<String> JAMES_FILES = ImmutableList.of(
        "deletedMessageVault.properties", "dnsservice.xml", "domainlist.xml", "imapserver.xml", "jmap.properties", "jmx.properties",
        "jvm.properties", "lmtpserver.xml", "logback-cli.xml", "logback.xml", "mailetcontainer.xml", "mailrepositorystore.xml",
        "managesieveserver.xml", "pop3server.xml", "recipientrewritetable.xml", "smtpserver.xml", "usersrepository.xml",
        "webadmin.properties");
    private static final Pattern PORT = Pattern.compile("(<bind>\\s*)[^<:]*:(\\d+)|(?m)(^(?:jmx\\.)?port=)(\\d+)");

    public WorkingDirectory {
        listeners = Sets.immutableEnumSet(listeners);
    }

    /** For a James that needs no other configuration than the files that all have in common. */
    public static WorkingDirectory layOut(Path path, Ports ports, Installation installation) {
        return layOut(path, ports, installation, new DomainKeys(path.resolve(DomainKeys.FOLDER)), ImmutableMap.of());
    }

    /**
     * Lays the directory out anew; what James has kept in {@code var/} and its keys stay. The files of the backend, by their names, come
     * in addition to or in place of those that all have in common. The domain's keys are made where there are none.
     */
    static WorkingDirectory layOut(Path path, Ports ports, Installation installation, DomainKeys keys, Map<String, String> ofBackend) {
        try {
            for (String folder : List.of("conf", "var", "logs")) {
                PrivateFolder.create(path.resolve(folder));
            }
            Files.createDirectories(path.resolve("extensions-jars"));
            clear(path.resolve("extensions-jars"), ".*");
            clear(path.resolve("logs"), ".*");
            clear(path.resolve("conf"), ".*\\.(xml|properties)");
            Files.copy(installation.bundle(), path.resolve("extensions-jars").resolve(installation.bundle().getFileName()),
                StandardCopyOption.REPLACE_EXISTING);
            Set<Listener> listeners = EnumSet.noneOf(Listener.class);
            Map<String, String> configuration = configuration(installation);
            configuration.replaceAll((name, text) -> onLoopback(text, ports, listeners));
            keys.make(installation);
            configuration.computeIfPresent("dime.xml", (name, text) -> keys.in(text));
            configuration.putAll(ofBackend);
            for (Map.Entry<String, String> file : configuration.entrySet()) {
                Files.writeString(path.resolve("conf").resolve(file.getKey()), file.getValue());
            }
            return new WorkingDirectory(path, ports, listeners);
        } catch (IOException e) {
            throw new LaunchFailure("The working directory " + path + " cannot be written: " + e,
                "Make it writable, or choose another one with --data DIR", e);
        }
    }

    public Path conf(String file) {
        return path.resolve("conf").resolve(file);
    }

    /** What James logs. */
    public Path log() {
        return path.resolve("logs/james.log");
    }

    /** What James prints before its log is open. */
    public Path console() {
        return path.resolve("logs/console.log");
    }

    /**
     * Puts the chosen ports in the places of the default ones and adds their listeners to {@code found}. Passwords are taken without
     * TLS too: nobody but this machine sees them, and a person can log in by typing.
     */
    static String onLoopback(String text, Ports ports, Set<Listener> found) {
        String open = text.replace("<plainAuthDisallowed>true<", "<plainAuthDisallowed>false<");
        return PORT.matcher(open).replaceAll(match -> {
            boolean xml = match.group(1) != null;
            int port = Integer.parseInt(xml ? match.group(2) : match.group(4));
            Listener listener = Listener.ofDefaultPort(port)
                .orElseThrow(() -> new IllegalStateException("no listener has the default port " + port));
            found.add(listener);
            return Matcher.quoteReplacement((xml ? match.group(1) + "127.0.0.1:" : match.group(3)) + ports.of(listener));
        });
    }

    private static Map<String, String> configuration(Installation installation) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String name : JAMES_FILES) {
            files.put(name, jamesFile(name));
        }
        try (FileSystem jar = FileSystems.newFileSystem(installation.bundle())) {
            Path conf = jar.getPath("conf");
            for (Path file : Files.isDirectory(conf) ? list(conf) : List.<Path>of()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    /** One of the files that are resources of this package. */
    static String jamesFile(String name) {
        try (InputStream in = WorkingDirectory.class.getResourceAsStream("conf/" + name)) {
            if (in == null) {
                throw new IllegalStateException("resource conf/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clear(Path folder, String names) throws IOException {
        for (Path file : list(folder)) {
            if (file.getFileName().toString().matches(names)) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
