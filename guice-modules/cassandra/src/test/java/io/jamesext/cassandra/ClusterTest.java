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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.apache.james.backends.cassandra.init.configuration.ClusterConfiguration;
import org.apache.james.util.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.github.fge.lambdas.Throwing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

class ClusterTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(Cluster.class)).addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger(Cluster.class)).detachAppender(log);
    }

    @Test
    void shouldWaitForACassandraThatIsNotThereYetAndSayWhatIsTried() throws Exception {
        int port = freePort();
        String keyspace = TestKeyspace.newName();
        CompletableFuture<Cluster> cluster = CompletableFuture.supplyAsync(Throwing.supplier(() -> new Cluster(
            configuration(port).minDelay(100).maxRetry(200).createKeyspace().build(), TestKeyspace.configuration(keyspace),
            Set.of(DeadLettersTable.TABLE))));
        await().atMost(Duration.ofSeconds(60)).until(() -> log.list.size() > 1);
        assertThat(log.list.get(0).getFormattedMessage())
            .contains("Cassandra at", "127.0.0.1", String.valueOf(port), keyspace, "attempt 1 of 201", "100 ms");
        assertThat(cluster).isNotDone();

        try (Relay relay = Relay.listen(port, TestKeyspace.host())) {
            Cluster connected = cluster.get();
            assertThat(connected.session().getKeyspace()).hasValueSatisfying(name -> assertThat(name.asInternal()).isEqualTo(keyspace));
            TestKeyspace.drop(connected.session(), keyspace);
            connected.session().close();
        }
    }

    @Test
    void shouldGiveUpAfterTheConfiguredAttempts() {
        assertThatThrownBy(() -> new Cluster(configuration(freePort()).minDelay(10).maxRetry(2).build(),
                TestKeyspace.configuration("absent"), Set.of()))
            .isInstanceOf(AllNodesFailedException.class);
        assertThat(log.list).hasSize(2);
    }

    @Test
    void shouldNotCreateAKeyspaceUnasked() {
        Host host = TestKeyspace.host();
        String keyspace = TestKeyspace.newName();
        assertThatThrownBy(() -> new Cluster(configuration(host.getPort()).minDelay(10).maxRetry(2).build(),
                TestKeyspace.configuration(keyspace), Set.of()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(keyspace)
            .hasMessageContaining("cassandra.keyspace.create=true");
    }

    private static ClusterConfiguration.Builder configuration(int port) {
        return ClusterConfiguration.builder().host(Host.from("127.0.0.1", port));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
