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

package io.jamesext.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.james.RunArguments;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.utils.KeystoreCreator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.dmap.ring.DimeConfiguration;
import io.jamesext.dmap.ring.DimeSettings;
import io.jamesext.dmap.ring.OrganisationFiles;

/** No file, no server: from James's working directory on. */
class ServerConfigurationsTest {
    @TempDir
    Path directory;

    private Path conf;
    private FileSystem files;
    private ServerConfigurations configurations;

    @BeforeEach
    void james() throws Exception {
        conf = Files.createDirectory(directory.resolve("conf"));
        Configuration.Basic james = Configuration.builder().workingDirectory(directory.toFile()).build();
        files = new FileSystemImpl(james.directories());
        configurations = new ServerConfigurations(new FileConfigurationProvider(files, james), new KeystoreCreator(files), files,
            RunArguments.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ximssserver", "agapserver", "dmapserver", "dmtpserver", "lemonadeimapserver"})
    void aMissingFileShouldBeNoServerAndNoError(String name) throws Exception {
        assertThat(configurations.of(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ximssserver", "agapserver", "dmapserver", "dmtpserver", "lemonadeimapserver"})
    void theDefaultFileOfTheJarShouldBeServers(String name) throws Exception {
        Files.write(conf.resolve(name + ".xml"), getClass().getResourceAsStream("/conf/" + name + ".xml").readAllBytes());

        assertThat(configurations.of(name).orElseThrow().configurationsAt(name)).isNotEmpty()
            .allMatch(server -> server.containsKey("bind"));
    }

    @Test
    void oneFileShouldNotBeAnothersServer() throws Exception {
        Files.writeString(conf.resolve("agapserver.xml"), "<agapservers><agapserver enabled=\"true\"/></agapservers>");

        assertThat(configurations.of("agapserver")).isPresent();
        assertThat(configurations.of("dmapserver")).isEmpty();
    }

    @Test
    void aMissingFileOfWhatIsNoServerShouldBeNoError() throws Exception {
        assertThat(configurations.file("dime")).isEmpty();
    }

    @Test
    void theDefaultFileOfDimeShouldBeRead() throws Exception {
        Files.write(conf.resolve("dime.xml"), getClass().getResourceAsStream("/conf/dime.xml").readAllBytes());

        DimeSettings settings = DimeConfiguration.read(configurations.file("dime").orElseThrow(), files);
        assertThat(settings).isEqualTo(DimeSettings.NONE);
    }

    @Test
    void theFolderOfDimesKeysShouldBeBelowJames() throws Exception {
        Path folder = Files.createDirectory(conf.resolve("dime"));
        Files.writeString(conf.resolve("dime.xml"), "<dime><organisations>file://conf/dime/</organisations></dime>");

        DimeSettings settings = DimeConfiguration.read(configurations.file("dime").orElseThrow(), files);
        assertThat(settings.organisations()).hasValueSatisfying(path -> assertThat(path.toAbsolutePath().normalize()).isEqualTo(folder));
        assertThat(OrganisationFiles.read(folder).all()).isEmpty();
    }
}
