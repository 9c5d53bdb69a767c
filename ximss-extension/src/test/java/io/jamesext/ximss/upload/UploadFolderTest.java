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
package io.jamesext.ximss.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import com.google.common.io.MoreFiles;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** What uploads leave on the disk, and how much they may take of it. */
@Timeout(60)
class UploadFolderTest {
    private static final byte[] OCTETS = new byte[10_000];

    @TempDir
    Path parent;

    @Test
    void whatACrashHasLeftShouldBeRemovedAndNothingElse() throws Exception {
        Path left = Files.createDirectory(parent.resolve("jamesext-uploads-1-2-left"));
        Files.createFile(left.resolve("lock"));
        Files.write(left.resolve("1.tmp"), OCTETS);
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.createFile(other.resolve("lock"));
        Path link = Files.createSymbolicLink(parent.resolve("jamesext-uploads-1-2-link"), other);

        Path own = new UploadFolder(parent, 1 << 20).open();
        assertThat(left).doesNotExist();
        assertThat(link).exists();
        assertThat(other.resolve("lock")).exists();
        // Two servers of one process.
        new UploadFolder(parent, 1 << 20).open();
        assertThat(own).exists();
    }

    @Test
    void filesOfALivingProcessShouldStay() throws Exception {
        Process living = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            classPath(), Living.class.getName(), parent.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            Path its = Path.of(living.inputReader().readLine());
            new UploadFolder(parent, 1 << 20).open();
            assertThat(its).exists();

            living.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            new UploadFolder(parent, 1 << 20).open();
            assertThat(its).doesNotExist();
        } finally {
            living.destroyForcibly();
        }
    }

    @Test
    void allSessionsTogetherShouldHaveALimit() throws Exception {
        UploadFolder folder = new UploadFolder(parent, 40_000);
        UploadedFiles one = new UploadedFiles(folder);
        UploadedFiles other = new UploadedFiles(folder);
        upload(one);
        upload(other);

        assertThatThrownBy(() -> upload(other)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.BUSY));
        one.close();
        upload(other);
    }

    @Test
    void roomShouldBeGivenBack() throws Exception {
        UploadFolder folder = new UploadFolder(parent, 20_000);
        UploadedFiles files = new UploadedFiles(folder);
        for (int i = 0; i < 10; i++) {
            upload(files);
            files.clear("a");
            UploadedFiles.Writing broken = files.begin("b");
            broken.write(OCTETS);
            broken.abandon();
        }
        try (Stream<Path> left = Files.list(folder.open())) {
            assertThat(left).allMatch(file -> file.endsWith("lock"));
        }
    }

    @Test
    void folderShouldBeReadByNobodyElse() throws Exception {
        assertThat(Files.getPosixFilePermissions(new UploadFolder(parent, 1 << 20).open()))
            .allMatch(permission -> permission.name().startsWith("OWNER"));
    }

    private static String classPath() {
        return Stream.of(Living.class, UploadFolder.class, ProtocolException.class, LoggerFactory.class, MoreFiles.class)
            .map(one -> one.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(File.pathSeparator));
    }

    private static void upload(UploadedFiles files) throws IOException {
        UploadedFiles.Writing file = files.begin("a");
        try {
            file.write(OCTETS);
            file.complete("a", "text/plain", Optional.empty());
        } catch (ProtocolException e) {
            file.abandon();
            throw e;
        }
    }

    /** Another node of the machine. */
    static final class Living {
        private Living() {
        }

        public static void main(String[] parent) throws Exception {
            System.out.println(new UploadFolder(Path.of(parent[0]), 1 << 20).open());
            Thread.sleep(60_000);
        }
    }
}
