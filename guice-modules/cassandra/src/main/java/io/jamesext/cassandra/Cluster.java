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

import java.time.Duration;
import java.util.Set;

import javax.annotation.PreDestroy;

import org.apache.james.backends.cassandra.components.CassandraModule;
import org.apache.james.backends.cassandra.init.configuration.ClusterConfiguration;
import org.apache.james.backends.cassandra.init.configuration.KeyspaceConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.google.inject.Inject;

/**
 * The session with Cassandra. Waits while Cassandra does not answer, so that James and its stores can be started in any order, and has
 * keyspace and tables made before anybody sees the session.
 *
 * <p>Upstream doubles the pause after every attempt; here it stays what {@code cassandra.retryConnection.minDelay} says, so that a James
 * that waited for an hour does not wait another one.
 */
final class Cluster {
    private static final Logger LOGGER = LoggerFactory.getLogger(Cluster.class);

    private final CqlSession session;

    @Inject
    Cluster(ClusterConfiguration cluster, KeyspaceConfiguration keyspace, Set<CassandraModule> tables) throws InterruptedException {
        this.session = new WaitableSession(
            connect(cluster, new Keyspace(cluster, keyspace, CassandraModule.aggregateModules(tables))));
    }

    CqlSession session() {
        return session;
    }

    /** Ends the session after what is under way. */
    @PreDestroy
    public void close() {
        session.close();
    }

    private static CqlSession connect(ClusterConfiguration cluster, Keyspace keyspace) throws InterruptedException {
        Duration pause = Duration.ofMillis(cluster.getMinDelay());
        for (int attempt = 1; ; attempt++) {
            try {
                keyspace.makeReady();
                return keyspace.open();
            } catch (DriverException e) {
                if (attempt > cluster.getMaxRetry()) {
                    throw e;
                }
                LOGGER.warn("Cassandra at {} is not ready for keyspace {} (attempt {} of {}): {}. Next attempt in {} ms",
                    cluster.getHosts(), keyspace.name(), attempt, cluster.getMaxRetry() + 1, e.getMessage(), pause.toMillis());
                Thread.sleep(pause.toMillis());
            }
        }
    }
}
