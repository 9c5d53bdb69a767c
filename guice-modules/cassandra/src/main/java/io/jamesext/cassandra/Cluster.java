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

import org.apache.james.backends.cassandra.init.ClusterFactory;
import org.apache.james.backends.cassandra.init.configuration.ClusterConfiguration;
import org.apache.james.backends.cassandra.init.configuration.KeyspaceConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.google.inject.Inject;

/**
 * Connects to Cassandra and waits while it does not answer, so that James and its stores can be started in any order.
 *
 * <p>Upstream doubles the pause after every attempt; here it stays what {@code cassandra.retryConnection.minDelay} says, so that a James
 * that waited for an hour does not wait another one.
 */
final class Cluster {
    private static final Logger LOGGER = LoggerFactory.getLogger(Cluster.class);

    private final CqlSession session;

    @Inject
    Cluster(ClusterConfiguration cluster, KeyspaceConfiguration keyspace) throws InterruptedException {
        this.session = connect(cluster, keyspace);
    }

    CqlSession session() {
        return session;
    }

    private static CqlSession connect(ClusterConfiguration cluster, KeyspaceConfiguration keyspace) throws InterruptedException {
        Duration pause = Duration.ofMillis(cluster.getMinDelay());
        for (int attempt = 1; ; attempt++) {
            try {
                return open(cluster, keyspace);
            } catch (DriverException e) {
                if (attempt > cluster.getMaxRetry()) {
                    throw e;
                }
                LOGGER.warn("No Cassandra at {} for keyspace {} (attempt {} of {}): {}. Next attempt in {} ms", cluster.getHosts(),
                    keyspace.getKeyspace(), attempt, cluster.getMaxRetry() + 1, e.getMessage(), pause.toMillis());
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private static CqlSession open(ClusterConfiguration cluster, KeyspaceConfiguration keyspace) {
        if (!cluster.shouldCreateKeyspace()) {
            expectKeyspace(cluster, keyspace);
        }
        return ClusterFactory.create(cluster, keyspace);
    }

    /** James's factory creates a missing keyspace whatever {@code cassandra.keyspace.create} says. */
    private static void expectKeyspace(ClusterConfiguration cluster, KeyspaceConfiguration keyspace) {
        try (CqlSession session = ClusterFactory.createWithoutKeyspace(cluster)) {
            if (session.getMetadata().getKeyspace(CqlIdentifier.fromCql(keyspace.getKeyspace())).isEmpty()) {
                throw new IllegalStateException("Cassandra at %s has no keyspace %s: create it, or set cassandra.keyspace.create=true"
                    .formatted(cluster.getHosts(), keyspace.getKeyspace()));
            }
        }
    }
}
