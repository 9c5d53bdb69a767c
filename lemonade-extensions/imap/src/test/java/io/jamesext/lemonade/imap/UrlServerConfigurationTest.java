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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Locale;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.urlauth.UrlServer;

class UrlServerConfigurationTest {
    @Test
    void namesShouldBeRead() throws Exception {
        UrlServer server = read("<urlauth><hosts>Imap.example.org, localhost:1143</hosts><submitUsers>submit, a@example.org</submitUsers>"
            + "<streamUsers>stream</streamUsers></urlauth>");
        assertThat(server.hosts()).containsExactlyInAnyOrder("imap.example.org", "localhost:1143");
        assertThat(server.submissionEntities()).containsExactlyInAnyOrder(Username.of("submit"), Username.of("a@example.org"));
        assertThat(server.streamingEntities()).containsExactly(Username.of("stream"));
        assertThat(server.isEntity(Username.of("stream"))).isTrue();
        assertThat(server.isEntity(Username.of("alice"))).isFalse();
    }

    @Test
    void helloNameShouldBeTheDefault() throws Exception {
        UrlServer server = read("<bind>0.0.0.0:1143,127.0.0.1:2143</bind><helloName autodetect=\"false\">mail.example.org</helloName>");
        assertThat(server.hosts()).containsExactlyInAnyOrder("mail.example.org", "mail.example.org:1143", "mail.example.org:2143",
            "127.0.0.1:2143", "localhost:2143");
        assertThat(server.submissionEntities()).isEmpty();
        assertThat(server.streamingEntities()).isEmpty();
        assertThat(read("<bind>0.0.0.0:1143</bind>").hosts())
            .contains(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "<urlauth><host>a</host></urlauth> ~ urlauth.host", "<urlauth><hosts>http://a</hosts></urlauth> ~ urlauth.hosts",
        "<urlauth><submitUsers>a@b@c</submitUsers></urlauth> ~ urlauth.submitUsers"})
    void slipShouldStopTheStart(String elements, String key) {
        assertThatThrownBy(() -> read(elements)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("lemonadeimapserver.xml").hasMessageContaining(key);
    }

    private static UrlServer read(String elements) throws Exception {
        HierarchicalConfiguration<ImmutableNode> listener = ImapTestServer.configuration("<lemonadeimapserver>" + elements
            + "</lemonadeimapserver>").configurationAt(ListenerConfiguration.NAME);
        ListenerConfiguration.prepare(listener);
        return UrlServerConfiguration.read(listener);
    }
}
