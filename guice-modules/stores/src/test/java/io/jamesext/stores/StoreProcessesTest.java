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

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProcessesTest {
    private static final Project PROJECT = Project.find();

    @TempDir
    Path folder;

    private final List<StoreProcess> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(StoreProcess::close);
    }

    @Test
    void aTakenPortShouldBeNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> OpenSearchServer.start(PROJECT, folder, taken.getLocalPort(), Purpose.KEEPING))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("Port " + taken.getLocalPort() + " (OpenSearch) is taken");
        }
    }

    @Test
    void aProjectThatIsNotBuiltShouldBeToldHowToBuildIt() {
        StorePorts ports = StorePorts.free();

        assertThatThrownBy(() -> CassandraServer.start(new Project(folder), folder, ports.cassandra(), ports.cassandraInternal(),
            Purpose.KEEPING))
            .isInstanceOfSatisfying(LaunchFailure.class, failure -> assertThat(failure.mend()).contains("mvn"))
            .hasMessageContaining("cassandra.classpath");
    }

    @Test
    void aStoreThatCannotStartShouldSayWhy() throws Exception {
        Files.createDirectories(folder.resolve("cassandra/data"));
        Files.writeString(folder.resolve("cassandra/data/commitlog"), "a file where a folder must be");
        StorePorts ports = StorePorts.free();

        assertThatThrownBy(() -> cassandra(ports))
            .isInstanceOf(LaunchFailure.class)
            .hasMessageStartingWith("Cassandra ended while it was starting:")
            .hasMessageContaining("commit log");
    }

    private StoreProcess cassandra(StorePorts ports) {
        return answering(CassandraServer.start(PROJECT, folder.resolve("cassandra"), ports.cassandra(), ports.cassandraInternal(),
            Purpose.KEEPING));
    }

    private StoreProcess answering(StoreProcess store) {
        started.add(store);
        StoreProcesses.await(List.of(store), System.out::println);
        return store;
    }
}
