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
package io.jamesext.dmap.dmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Objects;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.testing.mailbox.TestJames;

class DmtpServerFactoryTest {
    @TempDir
    static Path folder;

    @Test
    void shippedConfigurationShouldBeAcceptable() throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(Objects.requireNonNull(getClass().getResourceAsStream("/conf/dmtpserver.xml")));
        try (Installation installation = new Installation(TestJames.create(), "example.org", folder, "")) {
            ConfigurationCheck.check(installation.factory, configuration.configurationAt("dmtpserver"));
        }
        assertThat(configuration.getString("dmtpserver.bind")).endsWith(":11041");
    }

    @Test
    void serverWithoutTlsShouldNotStart() throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader(
            "<dmtpservers><dmtpserver enabled=\"true\"><bind>127.0.0.1:0</bind></dmtpserver></dmtpservers>"));
        try (Installation installation = new Installation(TestJames.create(), "example.org", folder, "")) {
            assertThatThrownBy(() -> ConfigurationCheck.check(installation.factory, configuration.configurationAt("dmtpserver")))
                .hasMessageContaining("over TLS only");
        }
    }

    /** EHLO would announce it, all octets would be taken, and then there would never be memory for them. */
    @Test
    void serverForMessagesThatNeverFitShouldNotStart() throws Exception {
        String tooMany = "<maxMessageBytes>100000000</maxMessageBytes>";
        assertThatThrownBy(() -> new Installation(TestJames.create(), "example.org", folder, tooMany))
            .hasMessageContaining("key `maxMessageBytes` is `100000000`; expected a whole number of at most 99999999");
        new Installation(TestJames.create(), "example.org", folder, "<maxMessageBytes>99999999</maxMessageBytes>").close();
    }

    @Test
    void tooManyConnectionsShouldBeToldSo() throws Exception {
        String limit = "<connectionLimitPerIP>1</connectionLimitPerIP>";
        try (Installation installation = new Installation(TestJames.create(), "example.org", folder, limit);
                DmtpTestClient first = new DmtpTestClient(installation.port());
                DmtpTestClient second = new DmtpTestClient(installation.port())) {
            assertThat(first.greeting()).startsWith("220 ");
            assertThat(second.greeting()).isEqualTo("421 too many connections, try again later");
            assertThat(second.isClosed()).isTrue();
        }
    }

    @Test
    void stoppingServerShouldSayGoodbye() throws Exception {
        Installation installation = new Installation(TestJames.create(), "example.org", folder, "");
        try (DmtpTestClient client = new DmtpTestClient(installation.port())) {
            installation.close();
            assertThat(client.answer()).isEqualTo("421 the server is going down");
        }
    }
}
