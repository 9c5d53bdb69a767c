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

import java.time.Clock;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

import com.google.inject.Guice;
import com.google.inject.Injector;

import io.jamesext.agap.change.FolderTable;
import io.jamesext.kernel.auth.MemoryScramVerifiers;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.expunge.MemoryTombstones;
import io.jamesext.kernel.expunge.Tombstones;

class SideTablesModuleTest {
    /** James makes a child injector for the modules of a dropped-in jar. */
    @Test
    void tablesShouldBeInMemoryWhereJamesHasNoCassandraSession() {
        Injector injector = Guice.createInjector(james -> james.bind(Clock.class).toInstance(Clock.systemUTC()))
            .createChildInjector(new SideTablesModule());
        assertThat(injector.getInstance(ScramVerifiers.class)).isInstanceOf(MemoryScramVerifiers.class);
        assertThat(injector.getInstance(Tombstones.class)).isInstanceOf(MemoryTombstones.class);
        assertThat(injector.getInstance(FolderTable.class).knows(Username.of("alice")).block()).isFalse();
    }
}
