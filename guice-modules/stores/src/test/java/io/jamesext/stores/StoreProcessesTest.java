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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.datastax.oss.driver.api.core.CqlSession;

import io.jamesext.stores.CassandraServer.Durability;

class StoreProcessesTest {
    private static final int ROWS = 300;
    private static final Project PROJECT = Project.find();

    @TempDir
    Path folder;

    private final List<StoreProcess> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(StoreProcess::close);
    }

    @Test
    void cassandraShouldKeepWhatItAcknowledgedWhenItIsKilled() throws Exception {
        StorePorts first = StorePorts.free();
        StoreProcess before = cassandra(first);
        try (CqlSession session = Cql.connect(address(first))) {
            session.execute("CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
            session.execute("CREATE TABLE k.t (id int PRIMARY KEY)");
            for (int row = 0; row < ROWS; row++) {
                session.execute("INSERT INTO k.t (id) VALUES (" + row + ") IF NOT EXISTS");
                session.execute("INSERT INTO k.t (id) VALUES (" + (ROWS + row) + ")");
            }
            kill(before);
        }

        StorePorts second = StorePorts.free();
        cassandra(second);
        try (CqlSession session = Cql.connect(address(second))) {
            assertThat(session.execute("SELECT count(*) FROM k.t").one().getLong(0)).isEqualTo(2L * ROWS);
        }
    }

    @Test
    void openSearchShouldKeepWhatItAcknowledgedWhenItIsKilled() throws Exception {
        int first = StorePorts.free().openSearch();
        StoreProcess before = openSearch(first);
        for (int document = 0; document < ROWS; document++) {
            http(first, "PUT", "/i/_doc/" + document, "{\"n\":" + document + "}");
        }
        kill(before);

        int second = StorePorts.free().openSearch();
        openSearch(second);

        http(second, "POST", "/i/_refresh", "");
        assertThat(http(second, "GET", "/i/_count", "")).contains("\"count\":" + ROWS);
    }

    @Test
    void rabbitMqShouldKeepPersistentMessagesWhenItIsKilled() throws Exception {
        assumeThat(RabbitMqServer.installed()).as("rabbitmq-server").isPresent();
        Path program = RabbitMqServer.installed().orElseThrow();
        StorePorts first = StorePorts.free();
        StoreProcess before = answering(RabbitMqServer.start(program, folder.resolve("rabbitmq"), first));
        management(first, "PUT", "/api/queues/%2F/q", "{\"durable\":true}");
        assertThat(management(first, "POST", "/api/exchanges/%2F/amq.default/publish", "{\"properties\":{\"delivery_mode\":2},"
            + "\"routing_key\":\"q\",\"payload\":\"kept\",\"payload_encoding\":\"string\"}")).contains("true");
        kill(before);
        before.close();

        StorePorts second = StorePorts.free();
        answering(RabbitMqServer.start(program, folder.resolve("rabbitmq"), second));

        assertThat(management(second, "POST", "/api/queues/%2F/q/get",
            "{\"count\":1,\"ackmode\":\"ack_requeue_false\",\"encoding\":\"auto\"}"))
            .contains("kept");
    }

    @Test
    void aTakenPortShouldBeNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> OpenSearchServer.start(PROJECT, folder, taken.getLocalPort()))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("Port " + taken.getLocalPort() + " (OpenSearch) is taken");
        }
    }

    @Test
    void aProjectThatIsNotBuiltShouldBeToldHowToBuildIt() {
        StorePorts ports = StorePorts.free();

        assertThatThrownBy(() -> CassandraServer.start(new Project(folder), folder, ports.cassandra(), ports.cassandraInternal(),
            Durability.SYNCED))
            .isInstanceOfSatisfying(StoreFailure.class, failure -> assertThat(failure.mend()).contains("mvn"))
            .hasMessageContaining("cassandra.classpath");
    }

    @Test
    void aStoreThatCannotStartShouldSayWhy() throws Exception {
        Files.createDirectories(folder.resolve("cassandra/data"));
        Files.writeString(folder.resolve("cassandra/data/commitlog"), "a file where a folder must be");
        StorePorts ports = StorePorts.free();

        assertThatThrownBy(() -> cassandra(ports))
            .isInstanceOf(StoreFailure.class)
            .hasMessageStartingWith("Cassandra ended while it was starting:")
            .hasMessageContaining("commit log");
    }

    private StoreProcess cassandra(StorePorts ports) {
        return answering(CassandraServer.start(PROJECT, folder.resolve("cassandra"), ports.cassandra(), ports.cassandraInternal(),
            Durability.SYNCED));
    }

    private StoreProcess openSearch(int port) {
        return answering(OpenSearchServer.start(PROJECT, folder.resolve("opensearch"), port));
    }

    private StoreProcess answering(StoreProcess store) {
        started.add(store);
        StoreProcesses.await(List.of(store), System.out::println);
        return store;
    }

    private static void kill(StoreProcess store) throws Exception {
        ProcessHandle program = store.program().orElseThrow();
        program.destroyForcibly();
        program.onExit().get();
    }

    private static InetSocketAddress address(StorePorts ports) {
        return new InetSocketAddress("127.0.0.1", ports.cassandra());
    }

    private static String http(int port, String method, String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(OpenSearchServer.address(port).resolve(path)), method, body);
    }

    private static String management(StorePorts ports, String method, String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(RabbitMqServer.address(ports).management().resolve(path))
            .header("Authorization", "Basic Z3Vlc3Q6Z3Vlc3Q="), method, body);
    }

    private static String send(HttpRequest.Builder builder, String method, String body) throws IOException, InterruptedException {
        HttpRequest request = builder
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
        return HttpClient.newBuilder().version(Version.HTTP_1_1).build().send(request, BodyHandlers.ofString()).body();
    }
}
