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

package io.jamesext.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {
    @TempDir
    Path folder;

    @Test
    void closeShouldEndTheProgram() {
        ProcessHandle program;
        try (SupervisedProcess process = start("sleep", "60")) {
            program = program(process);
        }

        assertThat(program.isAlive()).isFalse();
    }

    @Test
    void aFolderShouldBeWaitedForUntilItsFormerProgramHasEnded() {
        try (SupervisedProcess former = start("sleep", "1")) {
            ProcessHandle program = program(former);
            try (SupervisedProcess next = start("sleep", "60")) {
                assertThat(program.isAlive()).isFalse();
                assertThat(next.isRunning()).isTrue();
            }
        }
    }

    @Test
    void aFolderInUseShouldBeRefused() {
        try (SupervisedProcess process = start("sleep", "60")) {
            ProcessHandle program = program(process);

            assertThatThrownBy(() -> SupervisedProcess.awaitFormer("Sleep", folder, Duration.ofMillis(100)))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("Sleep runs in " + folder + " already, as process " + program.pid());
        }
    }

    @Test
    void aNotedNumberThatAnotherProcessHasGotShouldNotMatter() throws Exception {
        Files.writeString(folder.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
        Files.setLastModifiedTime(folder.resolve("pid"), FileTime.from(Instant.now().minus(Duration.ofDays(1))));

        SupervisedProcess.awaitFormer("Sleep", folder, Duration.ZERO);
    }

    @Test
    void lastWordsShouldBeTheLastErrorWithoutItsStackTrace() throws Exception {
        Path log = folder.resolve("log");
        Files.write(log, List.of("12:00 [ERROR] a former one", "12:01 [INFO] going on", "12:02 [error] the disk is full",
            "java.io.IOException: no space", "\tat some.Code(Code.java:1)", "Caused by: that"));
        try (SupervisedProcess process = start("true")) {
            assertThat(process.lastWords(log)).isEqualTo(
                ":\n    12:02 [error] the disk is full\n    java.io.IOException: no space\n    Caused by: that");
        }
    }

    private SupervisedProcess start(String... command) {
        return SupervisedProcess.start("Sleep", folder, List.of(command), Map.of());
    }

    private static ProcessHandle program(SupervisedProcess process) {
        while (process.program().isEmpty()) {
            Pause.aMoment();
        }
        return process.program().get();
    }
}
