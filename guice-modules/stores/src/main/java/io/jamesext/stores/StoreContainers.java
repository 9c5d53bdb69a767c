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

package io.jamesext.stores;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** Cassandra and OpenSearch from their makers' images, on a Docker engine, by Testcontainers. */
final class StoreContainers implements RunningStores {
    private static final int CQL = 9_042;
    private static final int HTTP = 9_200;
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private final GenericContainer<?> cassandra = container("cassandra:4.1.7", CQL)
        .withEnv("MAX_HEAP_SIZE", "512M")
        .withEnv("HEAP_NEWSIZE", "128M")
        .withEnv("JVM_EXTRA_OPTS", "-Dcassandra.skip_wait_for_gossip_to_settle=0 -Dcassandra.ring_delay_ms=0");
    private final GenericContainer<?> openSearch = container("opensearchproject/opensearch:2.18.0", HTTP)
        .withEnv("discovery.type", "single-node")
        .withEnv("DISABLE_SECURITY_PLUGIN", "true")
        .withEnv("DISABLE_INSTALL_DEMO_CONFIG", "true")
        .withEnv("OPENSEARCH_JAVA_OPTS", "-Xms512m -Xmx512m");

    private StoreContainers() {
    }

    /** Starts them and returns when all of them can be used. */
    static StoreContainers start(Consumer<String> progress) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new LaunchFailure("No Docker engine answers, so no test that needs Cassandra or OpenSearch could run",
                "Start one (docker info shows whether it answers; DOCKER_HOST says where it is),"
                    + " or leave -Dbackends=testcontainers away: then Maven brings Cassandra and OpenSearch as processes");
        }
        StoreContainers stores = new StoreContainers();
        progress.accept("starting the stores in containers; the first time their images are pulled");
        try {
            Startables.deepStart(stores.cassandra, stores.openSearch).join();
            stores.await(progress);
            return stores;
        } catch (RuntimeException e) {
            stores.close();
            throw new LaunchFailure("The stores could not be started in containers: " + e.getMessage(),
                "docker ps -a and docker logs show more", e);
        }
    }

    @Override
    public StoreAddresses addresses() {
        return new StoreAddresses(InetSocketAddress.createUnresolved(cassandra.getHost(), cassandra.getMappedPort(CQL)),
            URI.create("http://" + openSearch.getHost() + ":" + openSearch.getMappedPort(HTTP)), Optional.empty());
    }

    @Override
    public void close() {
        List.of(cassandra, openSearch).forEach(GenericContainer::stop);
    }

    /** An open port says little: the engine's proxy answers on it before the store does. */
    private void await(Consumer<String> progress) {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!addresses().answer()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("they did not answer within " + LONGEST_START.toSeconds() + " s");
            }
            Pause.aMoment();
        }
        progress.accept("the stores answer");
    }

    private static GenericContainer<?> container(String image, int port) {
        return new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(port);
    }
}
