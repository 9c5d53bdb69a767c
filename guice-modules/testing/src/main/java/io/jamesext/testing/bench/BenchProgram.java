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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.jamesext.stores.Jvm;

/**
 * A program that measures by itself, in a process of its own: each line that it prints is a title, a tab and a figure.
 *
 * @param title of the column
 * @param mainClass of the program, which needs no arguments
 */
public record BenchProgram(String title, String classPath, String mainClass) {
    /** Runs it to its end, with a line of progress for each figure. */
    public Figures measure(Consumer<String> progress) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(Jvm.executable(), mainClass)).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", classPath);
        Process program = builder.start();
        Map<String, Double> figures = new LinkedHashMap<>();
        try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t");
                double figure = Double.parseDouble(parts[1]);
                figures.put(parts[0], figure);
                progress.accept(parts[0] + ": " + Figures.shown(figure));
            }
            if (program.waitFor() != 0) {
                throw new IOException(mainClass + " ended with " + program.exitValue());
            }
            return new Figures(title, figures);
        } finally {
            program.destroy();
        }
    }
}
