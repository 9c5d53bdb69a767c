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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Objects;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.ExtensionServerFactory;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.Transcript;

class DmapServerFactoryTest {
    @TempDir
    static Path folder;

    private static DmapServerFactory dmap() throws Exception {
        return new DmapServerFactory(Table.services(TestJames.create()));
    }

    @Test
    void serverWithoutTlsShouldNotStart() throws Exception {
        ExtensionServerFactory servers = new ExtensionServerFactory(dmap(),
            TestJames.fileSystem(folder), new RecordingMetricFactory(), new NoopGaugeRegistry());
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader(
            "<dmapservers><dmapserver enabled=\"true\"><bind>127.0.0.1:0</bind></dmapserver></dmapservers>"));
        assertThatThrownBy(() -> {
            servers.configure(configuration);
            servers.init();
        }).hasStackTraceContaining("over TLS only");
    }

    @Test
    void passwordsShouldNotBeTakenUnlessTheConfigurationAllowsIt() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder, "")) {
            server.runner().run(Transcript.parse("no PLAIN", """
                S: \\* OK \\[CAPABILITY DMAP=TRUSTFUL AUTH=SCRAM-SHA-256 LITERAL- .*\\] DMAP server ready
                C: a1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==
                S: a1 NO [CANNOT] unsupported authentication mechanism
                """));
        }
    }

    @Test
    void limitsShouldBeConfigurable() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder,
                "<maxLiteralBytes>10</maxLiteralBytes><maxCommandBytes>30</maxCommandBytes>")) {
            server.runner().run(Transcript.parse("limits", DmapTestServer.GREETED + """
                C: a1 SELECT {11}
                S: a1 BAD [LIMIT] the literal is too large
                C: a2 SELECT 9012345678901234567890
                S: a2 BAD [LIMIT] the command is too large
                """));
        }
    }

    @Test
    void stoppingServerShouldSayGoodbye() throws Exception {
        DmapTestServer server = DmapTestServer.start(folder);
        try (TlsClient client = new TlsClient(server.port())) {
            server.close();
            assertThat(client.readLine()).isEqualTo("* BYE The server is going down");
        }
    }

    @Test
    void shippedConfigurationShouldBeAcceptable() throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(Objects.requireNonNull(getClass().getResourceAsStream("/conf/dmapserver.xml")));
        ConfigurationCheck.check(dmap(), configuration.configurationAt("dmapserver"));
        assertThat(configuration.getString("dmapserver.bind")).endsWith(":11040");
    }
}
