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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.jamesext.testing.bench.Figures;
import io.jamesext.testing.bench.FolderBench;
import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.StockJamesExtension;

/** The bench on so little that its figures mean nothing: that each row can be measured over both protocols. */
@ExtendWith(StockJamesExtension.class)
class FolderBenchIT {
    private static final String USER = "folders@example.org";

    private final StockJames james;

    FolderBenchIT(StockJames james) {
        this.james = james;
    }

    @Test
    void everyRowShouldHaveItsFigures() throws IOException {
        james.create(USER);
        int imap = james.ports().of(Listener.IMAP);
        List<String> said = new ArrayList<>();
        List<Figures> figures = new FolderBench(
            new FolderBench.Servers(james.ports().of(Listener.XIMSS), imap, imap, james.program(), USER, Accounts.PASSWORD),
            new FolderBench.Size(200, 10, Duration.ofMillis(10), Duration.ofMillis(100)), said::add).measure("memory");

        assertThat(said).noneMatch(line -> line.contains("cannot be measured"));
        assertThat(figures).hasSize(2).allSatisfy(column -> assertThat(column.byRow()).hasSize(7));
        assertThat(figures.get(0).byRow().keySet()).isEqualTo(figures.get(1).byRow().keySet());
        assertThat(figures).allSatisfy(column -> assertThat(column.byRow().values()).allMatch(figure -> figure > 0));
    }
}
