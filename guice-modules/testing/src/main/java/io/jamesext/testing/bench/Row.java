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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one client does again and again, and its row in a table. It is repeated for {@value #WARM_UP_SECONDS} s unmeasured, then for
 * {@value #MEASURED_SECONDS} s. A server that does not advertise it, or that answers it wrongly, has no figure for it.
 *
 * @param title of the row
 * @param capability that the server advertises who can do it
 */
record Row<C extends MeasuredClient>(String title, String capability, Operation<C> operation) {
    private static final int WARM_UP_SECONDS = 5;
    private static final int MEASURED_SECONDS = 4;
    private static final double NANOS = 1e9;

    /** What is repeated. */
    interface Operation<C> {
        /** Answers how much of it was done. */
        int run(C client) throws IOException;
    }

    /** How a client is made. */
    interface LogIn<C> {
        C client() throws IOException;
    }

    /** How much of each a second, by the row's title, each with a client of its own. */
    static <C extends MeasuredClient> Map<String, Double> measure(List<Row<C>> rows, LogIn<C> logIn, Consumer<String> progress) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Row<C> row : rows) {
            try (C client = logIn.client()) {
                if (client.capabilities().stream().anyMatch(row.capability()::equalsIgnoreCase)) {
                    Ticks ticks = new Ticks("measuring " + row.title(), progress);
                    repeat(client, row, WARM_UP_SECONDS, ticks);
                    double rate = repeat(client, row, MEASURED_SECONDS, ticks);
                    figures.put(row.title(), rate);
                    progress.accept(row.title() + ": " + Figures.shown(rate) + " per second");
                }
            } catch (IOException e) {
                progress.accept(row.title() + " cannot be measured: " + e.getMessage());
            }
        }
        return figures;
    }

    private static <C extends MeasuredClient> double repeat(C client, Row<C> row, int seconds, Ticks ticks) throws IOException {
        long start = System.nanoTime();
        long elapsed = 0;
        for (long done = 0;; elapsed = System.nanoTime() - start) {
            if (elapsed >= seconds * NANOS) {
                return done * NANOS / elapsed;
            }
            done += row.operation().run(client);
            ticks.maybe(() -> "measuring " + row.title());
        }
    }
}
