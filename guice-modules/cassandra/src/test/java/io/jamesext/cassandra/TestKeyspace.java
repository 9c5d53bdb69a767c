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

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;

import org.apache.james.backends.cassandra.components.CassandraModule;
import org.apache.james.backends.cassandra.init.ClusterFactory;
import org.apache.james.backends.cassandra.init.SessionWithInitializedTablesFactory;
import org.apache.james.backends.cassandra.init.configuration.ClusterConfiguration;
import org.apache.james.backends.cassandra.init.configuration.KeyspaceConfiguration;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionModule;
import org.apache.james.util.Host;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import com.datastax.oss.driver.api.core.CqlSession;

import io.jamesext.stores.BuildStores;

/** A keyspace of its own for a test class, in the build's Cassandra. */
public final class TestKeyspace implements BeforeAllCallback, AfterAllCallback {
    private final KeyspaceConfiguration configuration = configuration(newName());
    private final CassandraModule tables;
    private Optional<CqlSession> session = Optional.empty();

    TestKeyspace(CassandraModule... tables) {
        this.tables = CassandraModule.aggregateModules(CassandraModule.aggregateModules(tables), CassandraSchemaVersionModule.MODULE);
    }

    /** A name that nobody else uses. */
    public static String newName() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    static KeyspaceConfiguration configuration(String name) {
        return KeyspaceConfiguration.builder().keyspace(name).replicationFactor(1).durableWrites(true);
    }

    static Host host() {
        InetSocketAddress cassandra = BuildStores.cassandra();
        return Host.from(cassandra.getHostString(), cassandra.getPort());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        session = Optional.of(new SessionWithInitializedTablesFactory(
            ClusterFactory.create(ClusterConfiguration.builder().host(host()).build(), configuration), tables).get());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        drop(session(), configuration.getKeyspace());
        session().close();
    }

    static void drop(CqlSession session, String keyspace) {
        session.execute("DROP KEYSPACE IF EXISTS " + keyspace);
    }

    CqlSession session() {
        return session.orElseThrow();
    }
}
