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
package io.jamesext.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.james.utils.PropertiesProvider;
import org.junit.jupiter.api.Test;

class SessionModuleTest {
    /** Else one client in ten that looks for a mailbox while another one makes it takes its name away. */
    @Test
    void readingShouldRepairNothingUnlessTheOperatorWantsIt() throws Exception {
        assertThat(new SessionModule().cassandra(PropertiesProvider.forTesting()).getMailboxReadRepair()).isZero();
    }
}
