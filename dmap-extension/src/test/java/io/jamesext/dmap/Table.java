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
import org.apache.james.mailbox.store.StoreMailboxManager;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.Sasl;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.expunge.Tombstones;
import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.TestJames;

/** The table of operations, for tests that look at it without a server. */
final class Table {
    private Table() {
    }

    static Operations<DmapOperation<?>> operations() throws Exception {
        TestJames james = TestJames.create();
        ServerSettings settings = new ServerSettings("localhost", false, Duration.ZERO, new BaseHierarchicalConfiguration());
        DmapServices services = services(james);
        Sasl sasl = services.authentication().sasl(settings);
        return new DmapOperations(services).of(sasl, new Capabilities(sasl));
    }

    static DmapServices services(TestJames james) {
        Authentication authentication = new Authentication(james.mailboxManager(), james.users(),
            ScramVerifiers.on(james.cassandra().map(SideTables::create)));
        return new DmapServices(james.mailboxManager(), james.subscriptionManager(), james.eventBus(), authentication,
            new TombstoneLog(Tombstones.on(james.cassandra().map(SideTables::create)), james.mailboxManager(),
                ((StoreMailboxManager) james.mailboxManager()).getMapperFactory()),
            james.quotaRootResolver(), james.quotaManager());
    }
}
