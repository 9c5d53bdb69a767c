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
package io.jamesext.agap;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;

import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.testing.mailbox.TestJames;

/** The table of commands, for tests that look at it without a server. */
final class OperationTable {
    private OperationTable() {
    }

    static List<AgapOperation<?>> all() {
        try {
            AgapServices services = AgapTestServer.services(TestJames.create());
            ServerSettings settings = new ServerSettings(InetAddress.getLoopbackAddress().getHostName(), true, Duration.ZERO,
                new BaseHierarchicalConfiguration());
            return new AgapOperations(services).table(services.authentication().logIn(settings),
                AgapSettings.of(settings.configuration())).all();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
