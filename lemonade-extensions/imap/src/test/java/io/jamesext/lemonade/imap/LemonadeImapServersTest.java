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

package io.jamesext.lemonade.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.testing.mailbox.TestJames;

class LemonadeImapServersTest {
    private LemonadeImapServers servers;

    @BeforeEach
    void setUp() throws Exception {
        servers = new LemonadeImapServers(new LemonadeImapServerFactory(new ImapTestServer.TestFileSystem(),
            ImapTestServer.services(TestJames.create()), new NoopGaugeRegistry()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<bnid>127.0.0.1:0</bnid>|lemonadeimapserver.xml: unknown key `bnid`; expected one of",
        "<bind>143</bind>|lemonadeimapserver.xml: key `bind` is `143`; expected HOST:PORT",
        "<connectionLimit>many</connectionLimit>|lemonadeimapserver.xml: key `connectionLimit` is `many`; expected a whole number",
        "<plainAuthDisallowed>maybe</plainAuthDisallowed>|key `plainAuthDisallowed` is `maybe`; expected true or false",
        "<literalSizeLimit>0</literalSizeLimit>|key `literalSizeLimit` is `0`; expected a size",
        "<literalSizeLimit>3G</literalSizeLimit>|key `literalSizeLimit` is `3G`; expected a size",
        "<maxLineLength>100</maxLineLength>|key `maxLineLength` is `100`; expected at least 8000",
        "<timeout>60</timeout>|key `timeout` is `60`; expected a number of seconds of at least 1800",
        "<tls socketTLS=\"yes\"/>|key `tls[@socketTLS]` is `yes`; expected true or false",
        "<convert><memory>10M</memory></convert>|key `convert.memory` is `10M`; expected megabytes from 64M",
        "<convert><timeout>0</timeout></convert>|key `convert.timeout` is `0`; expected a whole number from 1",
        "<convert><maxPixels>-1</maxPixels></convert>|key `convert.maxPixels` is `-1`; expected a number of pixels",
        "<convert><maxInputSize>300M</maxInputSize></convert>|key `convert.maxInputSize` is `300M`; expected a size",
        "<convert><defaultImage>image/bmp</defaultImage></convert>|key `convert.defaultImage` is `image/bmp`; expected image/jpeg",
        "<idleTimeIntervalUnit>fortnights</idleTimeIntervalUnit>|key `idleTimeIntervalUnit` is `fortnights`; expected one of"})
    void slipInTheConfigurationShouldStopTheStart(String element, String message) throws Exception {
        XMLConfiguration configuration = ImapTestServer.configuration("<lemonadeimapserver>" + element + "</lemonadeimapserver>");
        assertThatThrownBy(() -> servers.start(configuration)).isInstanceOf(ConfigurationException.class).hasMessageContaining(message);
        servers.stop();
    }

    @Test
    void unknownElementShouldStopTheStart() throws Exception {
        XMLConfiguration configuration = ImapTestServer.configuration("<imapserver><bind>127.0.0.1:0</bind></imapserver>");
        assertThatThrownBy(() -> servers.start(configuration)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("lemonadeimapserver.xml: unknown key `imapserver.bind`; expected <lemonadeimapserver> elements");
    }

    @Test
    void noListenerShouldBeStartedWithoutAFile() {
        assertThatCode(() -> {
            servers.start(new XMLConfiguration());
            assertThat(servers.listeners()).isEmpty();
            servers.stop();
            servers.stop();
        }).doesNotThrowAnyException();
    }

    @Test
    void shippedConfigurationShouldBeAccepted() throws Exception {
        try (InputStream shipped = LemonadeImapServers.class.getResourceAsStream("/conf/lemonadeimapserver.xml")) {
            String text = new String(shipped.readAllBytes(), StandardCharsets.UTF_8).replace("0.0.0.0:", "127.0.0.1:")
                .replaceAll(":(1143|1993)", ":0")
                .replaceAll("(?s)<tls .*?</tls>", "").replaceAll("<\\?xml.*?\\?>", "").replaceAll("</?lemonadeimapservers>", "");
            servers.start(ImapTestServer.configuration(text));
            assertThat(servers.listeners()).hasSize(2);
            servers.stop();
        }
    }

    @Test
    void twoListenersShouldHaveTheirOwnSettings() throws Exception {
        String listener = "<lemonadeimapserver><jmxName>%s</jmxName><bind>127.0.0.1:0</bind><gracefulShutdown>false</gracefulShutdown>"
            + "<plainAuthDisallowed>%s</plainAuthDisallowed><literalSizeLimit>%s</literalSizeLimit></lemonadeimapserver>";
        servers.start(ImapTestServer.configuration(String.format(listener, "one", "false", "1000") + String.format(listener, "two", "true",
            "2000")));
        int[] ports = servers.listeners().mapToInt(server -> ((LemonadeImapServer) server).getListenAddresses().get(0).getPort()).toArray();
        try (ImapTestClient one = new ImapTestClient(ports[0]); ImapTestClient two = new ImapTestClient(ports[1])) {
            assertThat(one.line()).contains("APPENDLIMIT=1000", "AUTH=PLAIN").doesNotContain("LOGINDISABLED");
            assertThat(two.line()).contains("APPENDLIMIT=2000", "LOGINDISABLED").doesNotContain("AUTH=PLAIN");
            assertThat(one.command("a1 CAPABILITY").get(0)).contains("APPENDLIMIT=1000");
        }
        servers.stop();
    }
}
