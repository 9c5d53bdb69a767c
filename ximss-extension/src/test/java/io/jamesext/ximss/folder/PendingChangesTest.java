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
package io.jamesext.ximss.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class PendingChangesTest {
    private final PendingChanges pending = new PendingChanges();

    @Test
    void clientShouldBeToldOnlyAfterItHasHeardOfTheFolder() {
        assertThat(pending.touch(List.of(1L))).isFalse();
        assertThat(pending.opened()).isTrue();
        assertThat(pending.touch(List.of(2L))).isFalse();
        assertThat(pending.drain(Long.MAX_VALUE)).contains(Set.of(1L, 2L));
    }

    @Test
    void clientShouldBeToldOnceUntilItSyncs() {
        assertThat(pending.opened()).isFalse();
        assertThat(pending.touch(List.of(1L))).isTrue();
        assertThat(pending.touch(List.of(2L))).isFalse();
        assertThat(pending.drain(Long.MAX_VALUE)).contains(Set.of(1L, 2L));
        assertThat(pending.touch(List.of(3L))).isTrue();
        assertThat(pending.drain(Long.MAX_VALUE)).contains(Set.of(3L));
        assertThat(pending.drain(Long.MAX_VALUE)).contains(Set.of());
    }

    @Test
    void clientThatNeverSyncsShouldCostNoMoreThanTheLimit() {
        pending.touch(LongStream.range(0, 20_000).boxed().toList());
        pending.touch(List.of(1L));
        assertThat(pending.drain(Long.MAX_VALUE)).isEmpty();
        assertThat(pending.drain(Long.MAX_VALUE)).contains(Set.of());
    }

    @Test
    void limitShouldLeaveTheOthersForTheNextTime() {
        PendingChanges pending = new PendingChanges();
        pending.touch(List.of(3L, 1L, 2L));

        assertThat(pending.drain(2)).contains(Set.of(1L, 2L));
        assertThat(pending.opened()).as("the client has to be told").isTrue();
        assertThat(pending.drain(2)).contains(Set.of(3L));
        assertThat(pending.opened()).isFalse();
    }
}
