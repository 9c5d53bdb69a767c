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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * A transcript as read from its file. The package comment has the format.
 *
 * @param name the file's name, for messages
 * @param state the preamble to run first, if the file names one
 * @param endpoints the connections that go to another server than the runner's own, by its name
 * @param steps the directives, in order
 */
public record Transcript(String name, Optional<String> state, Map<Integer, String> endpoints, List<Step> steps) {
    private static final Pattern DIRECTIVE = Pattern.compile("(?:(?<connection>[1-9]) )?"
        + "(?<word>C:|S:|S\\*:|! S:|SUB \\{|}|TLS$|WAIT$|CLOSED$) ?(?<text>.*)");
    private static final String EMPTY_LINE = "\\";
    private static final Pattern STATE = Pattern.compile("# state: (?<name>\\S+)");
    private static final Pattern ENDPOINT = Pattern.compile("# connection (?<connection>[1-9]): (?<name>\\S+)");

    /** Reads a transcript from a class-path resource or file. */
    public static Transcript read(URL resource) {
        String path = resource.getPath();
        try (InputStream in = resource.openStream()) {
            return parse(path.substring(path.lastIndexOf('/') + 1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All {@code .txt} files below a folder of the class path, by name. */
    public static List<Transcript> all(Class<?> anchor, String folder) {
        URL url = Objects.requireNonNull(anchor.getResource(folder), folder);
        try (Stream<Path> files = Files.walk(Path.of(url.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                .sorted()
                .map(file -> parse(file.getFileName().toString(), readFile(file)))
                .collect(ImmutableList.toImmutableList());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalArgumentException(folder, e);
        }
    }

    private static String readFile(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a transcript's text. */
    public static Transcript parse(String name, String text) {
        Optional<String> state = Optional.empty();
        Map<Integer, String> endpoints = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher directive = DIRECTIVE.matcher(line);
            Matcher stated = STATE.matcher(line);
            Matcher endpoint = ENDPOINT.matcher(line);
            if (stated.matches()) {
                state = Optional.of(stated.group("name"));
            } else if (endpoint.matches()) {
                endpoints.put(Integer.parseInt(endpoint.group("connection")), endpoint.group("name"));
            } else if (directive.matches()) {
                steps.add(step(number, directive));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                continueLast(name, number, steps, line);
            }
        }
        return new Transcript(name, state, ImmutableMap.copyOf(endpoints), ImmutableList.copyOf(steps));
    }

    private static Step step(int number, Matcher directive) {
        int connection = directive.group("connection") == null ? 1 : Integer.parseInt(directive.group("connection"));
        Step.Kind kind = Stream.of(Step.Kind.values()).filter(each -> each.word.equals(directive.group("word"))).findFirst().orElseThrow();
        return new Step(number, connection, kind, directive.group("text"));
    }

    private static void continueLast(String name, int number, List<Step> steps, String line) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(name + ":" + number + ": not a directive: " + line);
        }
        Step last = steps.remove(steps.size() - 1);
        steps.add(new Step(last.line(), last.connection(), last.kind(), last.text() + "\n" + (line.equals(EMPTY_LINE) ? "" : line)));
    }
}
