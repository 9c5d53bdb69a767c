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

import org.junit.jupiter.api.Test;

class FolderRecordTest {
    @Test
    void aRecordShouldComeBackFromItsText() {
        FolderRecord folder = FolderRecord.first("ab-4", 17, 1_700_000_000_000L);

        assertThat(FolderRecord.parse(folder.toString())).contains(folder);
        assertThat(FolderRecord.parse("2 something else")).isEmpty();
    }

    @Test
    void anUnchangedFolderShouldKeepItsCounters() {
        FolderRecord folder = FolderRecord.first("ab-4", 17, 1000);

        assertThat(folder.seen("ab-4", 17, 5000)).isEqualTo(folder);
    }

    @Test
    void countersShouldRiseEvenWhenTheClockGoesBack() {
        FolderRecord folder = FolderRecord.first("ab-4", 17, 1000);

        assertThat(folder.seen("ab-3", 17, 10).structure()).isEqualTo(1001);
        assertThat(folder.seen("ab-3", 17, 10).renumbered()).isEqualTo(1000);
        assertThat(folder.seen("ab-4", 18, 10).renumbered()).isEqualTo(1001);
        assertThat(folder.seen("ab-4", 18, 10).uidValidity()).isEqualTo(18);
    }
}
