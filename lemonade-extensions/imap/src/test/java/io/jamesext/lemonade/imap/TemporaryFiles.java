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

package io.jamesext.lemonade.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the listener keeps outside of the heap. */
public final class TemporaryFiles {
    private static final int TRIES = 500;
    private static final int PAUSE_MILLIS = 20;

    private TemporaryFiles() {
    }

    /** Fails if any that there is now stays; those of tests that run beside this one go too. */
    public static void assertNoneStays(String prefix) throws Exception {
        List<Path> files = files(prefix);
        for (int tries = 0; files.stream().anyMatch(Files::exists) && tries < TRIES; tries++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        assertThat(files).noneMatch(Files::exists);
    }

    private static List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).filter(TemporaryFiles::isOfNow).toList();
        }
    }

    /** Not one that a killed server has left. */
    private static boolean isOfNow(Path file) {
        return file.toFile().lastModified() >= ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
