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

package io.jamesext.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import io.jamesext.testing.james.Backend;
import io.jamesext.testing.james.Installation;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.Ports;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.WorkingDirectory;

/** The files in {@code docker/}, as far as they work without an engine. */
class DockerFilesIT {
    /** Their files are replaced by those of the image or of the backend, or name a folder of the launcher's. */
    private static final ImmutableSet<String> REPLACED = ImmutableSet.of("logback.xml", "mailetcontainer.xml", "mailrepositorystore.xml",
        "deletedMessageVault.properties", "dime.xml");
    /** Where images and {@code ./james} are meant to differ. */
    private static final Pattern MEANT = Pattern.compile("0\\.0\\.0\\.0|127\\.0\\.0\\.1|<(plainAuthDisallowed|requireSSL)>(true|false)<");
    /** Closed to the outside: the one takes mail from anybody, the other is for the CLI in the container. */
    private static final ImmutableSet<Integer> INSIDE = ImmutableSet.of(Listener.LMTP.defaultPort(), Listener.JMX.defaultPort());
    private static final Pattern HEALTH_CHECK = Pattern.compile("CMD \\[\"bash\", \"-c\", \"(.*)\"]");
    private static final long LONGEST_START_SECONDS = 120;

    private final Path project = StockJames.project();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void imagesShouldHaveTheLibrariesAndTheConfigurationOfTheLauncher(Backend backend) throws Exception {
        layOut(backend);

        Installation installation = Installation.of(project, backend);
        assertThat(libraries(Files.readString(folder.resolve("class.path"))).map(name -> name.replaceFirst("^\\d+-", "")))
            .containsSubsequence(libraries(installation.classPath()).toList());
        assertThat(Files.readString(folder.resolve("class.path")).split(":")).allMatch(name -> Files.isReadable(folder.resolve(name)));
        assertThat(folder.resolve("extensions-jars").resolve(installation.bundle().getFileName()))
            .hasSameBinaryContentAs(installation.bundle());
        Map<String, String> launched = conf(WorkingDirectory.layOut(folder.resolve("launched"), Ports.defaults(), installation).path());
        launched.keySet().removeAll(REPLACED);
        assertThat(conf(folder)).containsAllEntriesOf(launched);
    }

    @Test
    void onlyManagementAndDeliveryWithoutLoginShouldBeClosedToTheOutside() throws Exception {
        layOut(Backend.MEMORY);

        WorkingDirectory launched = WorkingDirectory.layOut(folder.resolve("launched"), Ports.defaults(), StockJames.installation());
        TreeSet<Integer> open = new TreeSet<>();
        launched.listeners().forEach(listener -> open.add(listener.defaultPort()));
        open.removeAll(INSIDE);
        for (String backend : List.of("memory", "cassandra")) {
            assertThat(numbers(line(project.resolve("docker/" + backend + "/Dockerfile"), "EXPOSE ").substring("EXPOSE ".length())))
                .containsExactlyInAnyOrderElementsOf(open);
        }
        String configuration = String.join("\n", read(folder).values());
        assertThat(configuration).contains("<bind>127.0.0.1:" + Listener.LMTP.defaultPort()).doesNotContain("<requireSSL>false<");
        open.remove(Listener.WEBADMIN.defaultPort());
        assertThat(open).allSatisfy(port -> assertThat(configuration).contains("<bind>0.0.0.0:" + port + "<"));
    }

    /** The files of an image, with the start and the health check of its Dockerfile. */
    @Test
    void memoryImageShouldStartAndTellItsHealth() throws Exception {
        layOut(Backend.MEMORY);
        Ports ports = Ports.free();
        WorkingDirectory.layOut(folder, ports, StockJames.installation());
        Path dockerfile = project.resolve("docker/memory/Dockerfile");
        ProcessBuilder builder = shell(folder.resolve("bin/james").toString());
        builder.environment().put("JAMES_MAIN", line(dockerfile, "ENV JAMES_MAIN=").substring("ENV JAMES_MAIN=".length()));

        Process james = builder.start();
        try {
            awaitHealth(ports.of(Listener.WEBADMIN), james);
            Matcher check = HEALTH_CHECK.matcher(Files.readString(dockerfile));
            assertThat(check.find()).isTrue();
            String command = check.group(1).replace("\\\\", "\\")
                .replace("/" + Listener.WEBADMIN.defaultPort(), "/" + ports.of(Listener.WEBADMIN));
            assertThat(exitCode(shell("bash", "-c", command))).isZero();
            assertThat(exitCode(shell("bash", "-c", command.replace("/healthcheck", "/nowhere")))).isNotZero();
            assertThat(exitCode(shell(folder.resolve("bin/james").toString(), "AddDomain", "example.net"))).isZero();
        } finally {
            james.destroy();
            james.waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dockerfilesShouldStartTheLaunchersMainClassAsAnotherThanRoot(Backend backend) throws Exception {
        Path dockerfile = project.resolve("docker").resolve(name(backend)).resolve("Dockerfile");

        assertThat(line(dockerfile, "ENV JAMES_MAIN=")).endsWith("=" + Installation.of(project, backend).mainClass());
        assertThat(line(dockerfile, "USER ")).isEqualTo("USER james");
        assertThat(Files.readAllLines(dockerfile).stream().filter(line -> line.startsWith("FROM ")))
            .hasSize(2).allMatch(line -> line.matches("FROM \\S+:\\d[^ ]*( AS build)?"));
    }

    @ParameterizedTest
    @EnumSource
    void composeFilesShouldBeValid(Backend backend) throws Exception {
        List<String> compose = compose();
        assumeTrue(!compose.isEmpty(), "Neither docker compose nor docker-compose is installed (Debian: apt-get install docker-compose)");

        List<String> command = ImmutableList.<String>builder().addAll(compose)
            .add("-f", project.resolve("docker").resolve(name(backend)).resolve("compose.yaml").toString(), "config").build();
        assertThat(exitCode(shell(command.toArray(String[]::new)))).as(printed()).isZero();
        assertThat(printed()).contains("dockerfile: docker/" + name(backend) + "/Dockerfile").doesNotContain("latest");
    }

    private static List<String> compose() throws IOException, InterruptedException {
        for (List<String> command : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
            try {
                List<String> version = ImmutableList.<String>builder().addAll(command).add("version").build();
                if (new ProcessBuilder(version).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                        .waitFor() == 0) {
                    return command;
                }
            } catch (IOException e) {
                // There is no such program.
            }
        }
        return List.of();
    }

    private void layOut(Backend backend) throws IOException, InterruptedException {
        assertThat(exitCode(shell(project.resolve("docker/lay-out").toString(), name(backend), folder.toString()))).as(printed()).isZero();
    }

    private void awaitHealth(int port, Process james) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
        while (!isHealthy(port)) {
            assertThat(james.isAlive()).as(printed()).isTrue();
            assertThat(System.nanoTime()).as(printed()).isLessThan(deadline);
            Thread.sleep(200);
        }
    }

    private static boolean isHealthy(int port) {
        try {
            URI health = URI.create("http://127.0.0.1:" + port + "/healthcheck");
            return ((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private ProcessBuilder shell(String... command) {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("printed").toFile());
    }

    private static int exitCode(ProcessBuilder command) throws IOException, InterruptedException {
        return command.start().waitFor();
    }

    private String printed() {
        try {
            return Files.readString(folder.resolve("printed"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String name(Backend backend) {
        return backend.name().toLowerCase(Locale.ROOT);
    }

    private static Stream<String> libraries(String classPath) {
        return Arrays.stream(classPath.split("[:\n]")).map(file -> Path.of(file).getFileName().toString())
            .filter(name -> name.endsWith(".jar"));
    }

    private static String line(Path file, String start) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> line.startsWith(start)).collect(Collectors.joining());
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    }

    /** The files of James's configuration, but for what is meant to differ. */
    private static Map<String, String> conf(Path james) throws IOException {
        Map<String, String> files = read(james);
        files.replaceAll((name, text) -> MEANT.matcher(text).replaceAll(""));
        return files;
    }

    private static Map<String, String> read(Path james) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> conf = Files.list(james.resolve("conf"))) {
            for (Path file : conf.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }
}
