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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableMap;

/**
 * What was measured on one backend.
 *
 * @param backend the column's title
 * @param byRow the figure of each row, in the order of the rows
 */
public record Figures(String backend, Map<String, Double> byRow) {
    private static final double SMALL = 10;

    public Figures {
        byRow = ImmutableMap.copyOf(byRow);
    }

    /** A Markdown table: a row for every figure, a column for every backend, and the ratio of each of the others to the first. */
    public static String table(List<Figures> columns) {
        Figures first = columns.get(0);
        List<Figures> others = columns.subList(1, columns.size());
        String head = row(Stream.concat(Stream.of(""),
            Stream.concat(columns.stream().map(Figures::backend), others.stream().map(other -> "ratio"))));
        String rule = row(Stream.concat(Stream.of("---"), Stream.generate(() -> "---:").limit(columns.size() + others.size())));
        return columns.stream()
            .flatMap(column -> column.byRow.keySet().stream())
            .distinct()
            .map(title -> row(Stream.concat(Stream.of(title), Stream.concat(
                columns.stream().map(column -> column.figure(title).map(Figures::shown).orElse("")),
                others.stream().map(other -> other.ratio(title, first))))))
            .collect(Collectors.joining("", head + rule, ""));
    }

    /** What the server says it has not has a cell that says so, and no ratio. */
    private Optional<Double> figure(String title) {
        return Optional.ofNullable(byRow.get(title));
    }

    private String ratio(String title, Figures first) {
        return figure(title)
            .flatMap(mine -> first.figure(title).map(theirs -> String.format(Locale.ROOT, "%.2f", mine / theirs)))
            .filter(ratio -> !ratio.equals("NaN"))
            .orElse("");
    }

    static String shown(double figure) {
        return Double.isNaN(figure) ? "none" : String.format(Locale.ROOT, figure < SMALL ? "%.1f" : "%,.0f", figure);
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
