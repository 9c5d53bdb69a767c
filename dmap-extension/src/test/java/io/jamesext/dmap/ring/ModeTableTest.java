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
package io.jamesext.dmap.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What every table of modes does. */
@BothBackends
class ModeTableTest {
    @Test
    void theLatestModeShouldBeTheAccountsOwn() throws Exception {
        ModeTable table = ModeTable.on(TestJames.create().cassandra().map(SideTables::create));
        assertThat(table.find(TestJames.ALICE).blockOptional()).isEmpty();
        for (Mode mode : Mode.values()) {
            table.put(TestJames.ALICE, mode).block();
            assertThat(table.find(TestJames.ALICE).block()).isEqualTo(mode);
        }
        assertThat(table.find(TestJames.BOB).blockOptional()).isEmpty();
        table.remove(TestJames.ALICE).block();
        assertThat(table.find(TestJames.ALICE).blockOptional()).isEmpty();
        table.remove(TestJames.ALICE).block();
    }
}
