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
package io.jamesext.dmap;

import java.time.Duration;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;

import io.jamesext.dmap.auth.Mechanisms;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.testing.mailbox.TestJames;

/** The table of operations, for tests that look at it without a server. */
final class Table {
    private Table() {
    }

    static Operations<DmapOperation<?>> operations() throws Exception {
        TestJames james = TestJames.create();
        ServerSettings settings = new ServerSettings("localhost", false, Duration.ZERO, new BaseHierarchicalConfiguration());
        DmapServices services = DmapTestServer.services(james);
        Mechanisms mechanisms = services.authentication().mechanisms(settings);
        return new DmapOperations(services).of(mechanisms, new Capabilities(mechanisms, services.dime().modes(), true));
    }
}
