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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that the README shows an operator, from the lines of its code blocks below one heading that begin with {@code ./james cli}
 * or {@code curl}. Both are written in a plain form that needs no shell to understand: words, {@code '...'}, and a comment at the end.
 */
final class ReadmeCommands {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private ReadmeCommands() {
    }

    /** The words of each command, in the README's order. */
    static List<List<String>> below(Path readme, String heading) throws IOException {
        List<List<String>> commands = new ArrayList<>();
        boolean here = false;
        boolean code = false;
        for (String line : Files.readAllLines(readme)) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (!code && line.startsWith("#")) {
                here = line.equals(heading);
            } else if (code && here && (line.startsWith("./james cli ") || line.startsWith("curl "))) {
                commands.add(words(line));
            }
        }
        return commands;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find() && !word.group().equals("#");) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
