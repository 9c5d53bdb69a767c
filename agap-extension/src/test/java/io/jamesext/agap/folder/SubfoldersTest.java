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
package io.jamesext.agap.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.TestId;
import org.junit.jupiter.api.Test;

import io.jamesext.testing.mailbox.TestJames;

class SubfoldersTest {
    private static Folder folder(String path, long id) {
        return new Folder(FolderPath.parse(path, Optional.empty()), MailboxPath.inbox(TestJames.ALICE), TestId.of(id));
    }

    @Test
    void looksShouldFollowDirectSubfoldersAndTheirNamesOnly() {
        FolderPath a = FolderPath.parse("/a", Optional.empty());
        String before = Subfolders.of(List.of(folder("/a", 1), folder("/a/b", 2))).look(a);

        assertThat(Subfolders.of(List.of(folder("/a/b", 2), folder("/a", 1), folder("/a/b/c", 3))).look(a)).isEqualTo(before);
        assertThat(Subfolders.of(List.of(folder("/a", 1), folder("/a/x", 2))).look(a)).isNotEqualTo(before);
        assertThat(Subfolders.of(List.of(folder("/a", 1), folder("/a/b", 3))).look(a)).isNotEqualTo(before);
        assertThat(Subfolders.of(List.of(folder("/a", 1))).look(a)).isNotEqualTo(before);
    }

    @Test
    void manyFoldersShouldNotCostTheirSquare() {
        List<Folder> all = IntStream.range(0, 50_000).mapToObj(i -> folder("/many/folder " + i, i)).toList();

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Subfolders subfolders = Subfolders.of(all);
            assertThat(all.stream().map(folder -> subfolders.look(folder.path())).distinct()).hasSize(1);
        });
    }
}
