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
package io.jamesext.agap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.testing.mailbox.TestJames;

class AgapConfigurationTest {
    private AgapServerFactory factory;
    private XMLConfiguration configuration;

    @BeforeEach
    void load() throws Exception {
        factory = new AgapServerFactory(AgapTestServer.services(TestJames.create()));
        configuration = new XMLConfiguration();
        FileHandler files = new FileHandler(configuration);
        files.load(Objects.requireNonNull(getClass().getResource("/conf/agapserver.xml")));
    }

    @Test
    void theDefaultShouldBeLegal() throws Exception {
        for (HierarchicalConfiguration<ImmutableNode> server : configuration.configurationsAt("agapserver")) {
            ConfigurationCheck.check(factory, server);
            assertThat(server.getBoolean("plainAuthDisallowed")).isTrue();
        }
        assertThat(configuration.getString("agapserver(0).bind")).endsWith(":" + factory.defaultPort());
    }

    @Test
    void networksThatAreNoneShouldStopTheStart() {
        BaseHierarchicalConfiguration server = new BaseHierarchicalConfiguration();
        server.addProperty("refused", "192.0.2.0/24, somewhere");

        assertThatThrownBy(() -> AgapSettings.of(server)).hasMessageContaining("agapserver.xml: key `refused` is `192.0.2.0/24,somewhere`")
            .hasMessageContaining("expected networks");
    }

    @Test
    void nothingShouldBeOpenToStrangersByDefault() {
        AgapSettings settings = AgapSettings.of(new BaseHierarchicalConfiguration());

        assertThat(settings.anonymousPresence()).isFalse();
        assertThat(settings.anonymousStoring()).isFalse();
    }

    @Test
    void anUnknownKeyShouldStopTheStart() {
        configuration.setProperty("agapserver(0).plainAuthDissallowed", "false");

        assertThatThrownBy(() -> ConfigurationCheck.check(factory, configuration.configurationAt("agapserver(0)")))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("agapserver.xml").hasMessageContaining("plainAuthDissallowed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4095, 33_554_433, 999_999_999})
    void itemsShouldHaveAPossibleSize(int maxItemBytes) {
        configuration.setProperty("agapserver(0).maxItemBytes", maxItemBytes);

        assertThatThrownBy(() -> factory.create(
                new ServerSettings("localhost", true, Duration.ZERO, configuration.configurationAt("agapserver(0)"))))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("agapserver.xml: key `maxItemBytes`");
    }
}
