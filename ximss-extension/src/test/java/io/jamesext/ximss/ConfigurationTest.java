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
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.testing.mailbox.TestJames;

class ConfigurationTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"<maxRequestBytes>much</maxRequestBytes>", "<timeZone>Atlantis</timeZone>",
        "<maxRequestByte>1</maxRequestByte>", "<skins>file:///nowhere/at/all/</skins>", "<skins>nonsense</skins>",
        "<dictionaries>file:///nowhere/at/all/</dictionaries>", "<webPorts>http</webPorts>", "<webPorts>true</webPorts>",
        "<webRefused>192.0.2.0</webRefused>", "<webRefused>192.0.2.0/33</webRefused>", "<webRefused>intranet/8</webRefused>"})
    void slipsShouldStopTheStart(String slip) {
        assertThatThrownBy(() -> XimssTestServer.start(folder, slip)).hasStackTraceContaining("ximssserver.xml");
    }

    @Test
    void shippedDefaultShouldHoldOnlyKnownKeys() throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        Path file = Files.write(folder.resolve("ximssserver.xml"),
            ConfigurationTest.class.getResourceAsStream("/conf/ximssserver.xml").readAllBytes());
        new FileHandler(configuration).load(file.toFile());
        XimssServerFactory factory = new XimssServerFactory(XimssTestServer.services(TestJames.create()));
        for (HierarchicalConfiguration<ImmutableNode> server : configuration.configurationsAt("ximssserver")) {
            ConfigurationCheck.check(factory, server);
        }
    }
}
