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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.datastax.oss.driver.api.core.CqlSession;

class BuildStoresTest {
    @TempDir
    Path folder;

    @Test
    void theStoresOfThisBuildShouldAnswer() throws Exception {
        try (CqlSession session = Cql.connect(BuildStores.cassandra())) {
            assertThat(session.execute("SELECT release_version FROM system.local").one().getString(0)).isEqualTo("4.1.7");
        }
        SignOfLife.openSearch(BuildStores.openSearch()).check();
    }

    @Test
    void theStoresShouldEndWithTheirOwner() throws Exception {
        Process owner = new ProcessBuilder("sleep", "600").start();
        BuildOwner named = new BuildOwner(owner.pid(), owner.toHandle().info().startInstant().orElseThrow());
        Process supervisor = new ProcessBuilder(Jvm.executable(), "-cp", System.getProperty("java.class.path"),
            BuildSupervisor.class.getName(), Project.find().folder().toString(), folder.toString(), named.toString(), "processes")
            .inheritIO()
            .start();
        try {
            Path note = folder.resolve("addresses.properties");
            while (supervisor.isAlive() && !Files.exists(note)) {
                Pause.aMoment();
            }
            StoreAddresses addresses = StoreAddresses.read(note).orElseThrow();
            assertThat(addresses.answer()).isTrue();
            List<ProcessHandle> programs = programs();

            owner.destroyForcibly();

            assertThat(supervisor.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(programs).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        } finally {
            owner.destroyForcibly();
            supervisor.destroy();
        }
    }

    @Test
    void anOwnerShouldBeFoundAgainByItsName() {
        BuildOwner owner = BuildOwner.find();

        assertThat(BuildOwner.parse(owner.toString())).contains(owner);
        assertThat(owner.process()).isPresent();
        assertThat(BuildOwner.parse("supervisor.log")).isEmpty();
        assertThat(new BuildOwner(owner.pid(), owner.start().minusSeconds(1)).process()).isEmpty();
    }

    private List<ProcessHandle> programs() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<ProcessHandle> programs = new ArrayList<>();
            for (Path note : files.filter(file -> file.endsWith("pid")).toList()) {
                programs.add(ProcessHandle.of(Long.parseLong(Files.readString(note).strip())).orElseThrow());
            }
            return programs;
        }
    }
}
