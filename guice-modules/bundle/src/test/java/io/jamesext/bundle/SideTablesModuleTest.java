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

import org.junit.jupiter.api.Test;

import com.google.inject.Guice;

import io.jamesext.kernel.auth.MemoryScramVerifiers;
import io.jamesext.kernel.auth.ScramVerifiers;

class SideTablesModuleTest {
    /** James makes a child injector for the modules of a dropped-in jar. */
    @Test
    void tablesShouldBeInMemoryWhereJamesHasNoCassandraSession() {
        assertThat(Guice.createInjector().createChildInjector(new SideTablesModule()).getInstance(ScramVerifiers.class))
            .isInstanceOf(MemoryScramVerifiers.class);
    }
}
