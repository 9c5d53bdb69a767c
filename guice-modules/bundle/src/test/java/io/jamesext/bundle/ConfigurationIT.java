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

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.jamesext.stores.LaunchFailure;
import io.jamesext.testing.james.JamesProcess;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.WorkingDirectory;

/** What an operator's slip does to the start of James. */
class ConfigurationIT {
    @Test
    void anUnknownKeyShouldStopTheStartWithItsFileItsNameAndWhatWasExpected() throws IOException {
        WorkingDirectory directory = StockJames.directory("unknown-key");
        edit(directory, "dmapserver.xml", "<connectionLimit>", "<conectionLimit>1</conectionLimit><connectionLimit>");

        try (JamesProcess james = JamesProcess.start(StockJames.installation(), directory)) {
            assertThatThrownBy(() -> james.awaitListeners(progress -> { }))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("dmapserver.xml: unknown key `conectionLimit`; expected one of")
                .hasMessageContaining("connectionLimit,");
        }
    }

    private static void edit(WorkingDirectory directory, String file, String text, String replacement) throws IOException {
        Path path = directory.conf(file);
        Files.writeString(path, Files.readString(path).replaceFirst(text, replacement));
    }
}
