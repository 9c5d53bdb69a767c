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
package io.jamesext.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class ClassPathTest {
    @Test
    void shouldBeOneForAll() throws Exception {
        assertThat(ClassPath.shared()).isNotEmpty().allMatch(Files::exists).isSameAs(ClassPath.shared());
    }

    @Test
    void whatAServerHasLeftShouldBeRemoved() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path left = Files.createTempDirectory("jamesext-converter-" + ended.pid() + "-");
        Files.writeString(left.resolve("library.jar"), "x");
        Path own = TemporaryDirectories.create();
        TemporaryDirectories.sweep();
        assertThat(left).doesNotExist();
        assertThat(own).exists();
        TemporaryDirectories.delete(own);
    }
}
