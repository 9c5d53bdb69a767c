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
import java.time.Duration;
import java.util.Set;

import org.apache.james.backends.cassandra.components.CassandraModule;
import org.apache.james.backends.cassandra.init.KeyspaceFactory;
import org.apache.james.backends.cassandra.init.SessionWithInitializedTablesFactory;
import org.apache.james.backends.cassandra.init.configuration.ClusterConfiguration;
import org.apache.james.backends.cassandra.init.configuration.KeyspaceConfiguration;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionDAO;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionManager;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionModule;
import org.apache.james.backends.cassandra.versions.table.CassandraSchemaVersionTable;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;

/**
 * James's keyspace and its tables. Upstream's factories are not used for sessions: they create a missing keyspace whatever
 * {@code cassandra.keyspace.create} says, and a start that ends while it makes the tables leaves a schema that counts as an old one.
 */
record Keyspace(ClusterConfiguration cluster, KeyspaceConfiguration configuration, CassandraModule tables) {
    /** The tables are asked for all at once, and Cassandra makes one after the other. */
    private static final Duration MAKING_TABLES = Duration.ofMinutes(5);
    private static final Set<CqlIdentifier> VERSION_ONLY = Set.of(CqlIdentifier.fromCql(CassandraSchemaVersionTable.TABLE_NAME));

    String name() {
        return configuration.getKeyspace();
    }

    CqlSession open() {
        return builder().withKeyspace(name()).build();
    }

    /** Makes the keyspace, where it may, and the tables that are missing. */
    void makeReady() {
        try (CqlSession session = patient().build()) {
            if (!cluster.shouldCreateKeyspace() && session.getMetadata().getKeyspace(name()).isEmpty()) {
                throw new IllegalStateException("Cassandra at %s has no keyspace %s: create it, or set cassandra.keyspace.create=true"
                    .formatted(cluster.getHosts(), name()));
            }
            KeyspaceFactory.createKeyspace(configuration, session).block();
            session.execute("USE " + CqlIdentifier.fromCql(name()).asCql(true));
            if (isNew(session)) {
                // The version comes first: James takes a schema without one for the oldest that it knows.
                new SessionWithInitializedTablesFactory(session, CassandraSchemaVersionModule.MODULE).get();
                new CassandraSchemaVersionDAO(session).updateVersion(CassandraSchemaVersionManager.MAX_VERSION).block();
            }
            new SessionWithInitializedTablesFactory(session, tables).get();
        }
    }

    private boolean isNew(CqlSession session) {
        return session.getMetadata().getKeyspace(name()).map(KeyspaceMetadata::getTables)
            .map(made -> VERSION_ONLY.containsAll(made.keySet())).orElse(true);
    }

    private CqlSessionBuilder patient() {
        return builder().withConfigLoader(
            DriverConfigLoader.programmaticBuilder().withDuration(DefaultDriverOption.REQUEST_TIMEOUT, MAKING_TABLES).build());
    }

    private CqlSessionBuilder builder() {
        CqlSessionBuilder builder = CqlSession.builder().withLocalDatacenter(cluster.getLocalDC().orElse("datacenter1"));
        cluster.getHosts().forEach(
            host -> builder.addContactPoint(InetSocketAddress.createUnresolved(host.getHostName(), host.getPort())));
        cluster.getUsername().ifPresent(user -> builder.withAuthCredentials(user, cluster.getPassword().orElseThrow(
            () -> new IllegalStateException("cassandra.properties has cassandra.user without cassandra.password"))));
        return builder;
    }
}
