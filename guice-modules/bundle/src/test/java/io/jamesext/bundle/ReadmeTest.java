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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * The project's README shows the status tables of all modules. Each module's table is held against the module's code by a test there;
 * this one holds the copies against the originals, and writes them anew when run with {@code -Dreadme.update}.
 */
class ReadmeTest {
    private static final String BEGIN = "<!-- status: copied from the modules by ReadmeTest -->\n";
    private static final String END = "<!-- end of status -->\n";
    private static final Pattern COPIES = Pattern.compile(Pattern.quote(BEGIN) + "(.*)" + Pattern.quote(END), Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("\\A# (.*)\n");
    private static final Pattern STATUS = Pattern.compile("^## Status\n(.*?)(?=^## |\\z)", Pattern.DOTALL | Pattern.MULTILINE);

    private final Path project = Path.of(System.getProperty("jamesext.project", "../.."));

    @Test
    void statusShouldBeThatOfTheModules() throws IOException {
        Path readme = project.resolve("README.md");
        String expected = BEGIN + String.join("", modules()) + END;
        if (System.getProperty("readme.update") != null) {
            Files.writeString(readme, COPIES.matcher(Files.readString(readme)).replaceFirst(Matcher.quoteReplacement(expected)));
        }

        assertThat(Files.readString(readme))
            .as("write it anew: mvn -B -ntp test -pl guice-modules/bundle -am -Dtest=ReadmeTest -Dreadme.update"
                + " -Dsurefire.failIfNoSpecifiedTests=false")
            .contains(expected);
    }

    private List<String> modules() throws IOException {
        try (Stream<Path> files = Files.find(project, 3, (path, attributes) -> path.endsWith("README.md"))) {
            List<String> sections = new ArrayList<>();
            for (Path file : files.filter(path -> !path.equals(project.resolve("README.md"))).sorted().toList()) {
                String text = Files.readString(file);
                Matcher title = TITLE.matcher(text);
                Matcher status = STATUS.matcher(text);
                if (title.find() && status.find()) {
                    sections.add("\n### " + title.group(1) + "\n\n" + status.group(1).strip() + "\n\n");
                }
            }
            return sections;
        }
    }
}
