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

import java.io.FileNotFoundException;

import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.backends.cassandra.init.CassandraZonedDateTimeModule;
import org.apache.james.backends.cassandra.init.configuration.CassandraConfiguration;
import org.apache.james.backends.cassandra.init.configuration.ClusterConfiguration;
import org.apache.james.backends.cassandra.init.configuration.KeyspaceConfiguration;
import org.apache.james.backends.cassandra.utils.CassandraHealthCheck;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionDAO;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionManager;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionModule;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.lifecycle.api.StartUpCheck;
import org.apache.james.mailbox.store.BatchSizes;
import org.apache.james.utils.PropertiesProvider;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;

/** The session with Cassandra, by {@code cassandra.properties}: keyspace and tables are there before anyone has it. */
final class SessionModule extends AbstractModule {
    private static final String READ_REPAIR = "mailbox.read.repair.chance";

    @Override
    protected void configure() {
        Schema.tables(binder(), CassandraZonedDateTimeModule.MODULE, CassandraSchemaVersionModule.MODULE);
        Schema.single(binder(), Cluster.class, CassandraSchemaVersionManager.class, CassandraSchemaVersionDAO.class);
        Multibinder.newSetBinder(binder(), StartUpCheck.class).addBinding().to(SchemaVersionCheck.class);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(CassandraHealthCheck.class);
    }

    @Provides
    @Singleton
    CqlSession session(Cluster cluster) {
        return cluster.session();
    }

    @Provides
    @Singleton
    CassandraConfiguration cassandra(PropertiesProvider files) throws ConfigurationException {
        Configuration configuration = read(files, "cassandra");
        if (!configuration.containsKey(READ_REPAIR)) {
            // James's repair on reading takes a mailbox that is just being made for half of one, and takes its name away. What a crash has
            // left in half, WebAdmin's SolveInconsistencies mends.
            configuration.setProperty(READ_REPAIR, 0f);
        }
        return CassandraConfiguration.from(configuration);
    }

    @Provides
    @Singleton
    ClusterConfiguration cluster(PropertiesProvider files) throws ConfigurationException {
        Configuration configuration = read(files, "cassandra");
        if (!configuration.containsKey("cassandra.nodes")) {
            configuration.setProperty("cassandra.nodes", "127.0.0.1");
        }
        return ClusterConfiguration.from(configuration);
    }

    @Provides
    @Singleton
    KeyspaceConfiguration keyspace(PropertiesProvider files) throws ConfigurationException {
        Configuration configuration = read(files, "cassandra");
        return KeyspaceConfiguration.builder()
            .keyspace(configuration.getString("cassandra.keyspace", "apache_james"))
            .replicationFactor(configuration.getInt("cassandra.replication.factor", 1))
            .durableWrites(true);
    }

    @Provides
    @Singleton
    BatchSizes batchSizes(PropertiesProvider files) throws ConfigurationException {
        Configuration configuration = read(files, "batchsizes");
        return BatchSizes.builder()
            .fetchMetadata(configuration.getInt("fetch.metadata", BatchSizes.DEFAULT_BATCH_SIZE))
            .fetchHeaders(configuration.getInt("fetch.headers", BatchSizes.DEFAULT_BATCH_SIZE))
            .fetchFull(configuration.getInt("fetch.full", BatchSizes.DEFAULT_BATCH_SIZE))
            .copyBatchSize(configuration.getInt("copy", BatchSizes.DEFAULT_BATCH_SIZE))
            .moveBatchSize(configuration.getInt("move", BatchSizes.DEFAULT_BATCH_SIZE))
            .build();
    }

    /** A file that is absent says nothing, so the defaults hold. */
    private static Configuration read(PropertiesProvider files, String name) throws ConfigurationException {
        try {
            return files.getConfiguration(name);
        } catch (FileNotFoundException absent) {
            return new BaseConfiguration();
        }
    }
}
