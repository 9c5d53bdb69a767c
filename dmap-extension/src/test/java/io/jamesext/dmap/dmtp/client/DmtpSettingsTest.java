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
package io.jamesext.dmap.dmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Objects;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.net.HostAndPort;

class DmtpSettingsTest {
    private static DmtpSettings read(String elements) throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader("<dmtp>" + elements + "</dmtp>"));
        return DmtpSettings.of(configuration);
    }

    @Test
    void routesShouldBeThoseOfTheFile() throws Exception {
        DmtpSettings settings = read("<route domain=\"Example.NET\">dx.example.net:11041</route>"
            + "<route domain=\"example.com\" pok=\"" + "0".repeat(42) + "A\"> localhost:26 </route>"
            + "<truststore>file://conf/partners</truststore><truststoreSecret>secret</truststoreSecret>");
        DmtpSettings.Route net = Objects.requireNonNull(settings.routes().get("example.net"));
        assertThat(net.server()).isEqualTo(HostAndPort.fromParts("dx.example.net", 11041));
        assertThat(net.primaryKey()).isEmpty();
        DmtpSettings.Route com = Objects.requireNonNull(settings.routes().get("example.com"));
        assertThat(com.server()).isEqualTo(HostAndPort.fromParts("localhost", 26));
        assertThat(com.primaryKey()).isPresent();
        assertThat(settings.trustStore()).contains(new DmtpSettings.TrustStore("file://conf/partners", "PKCS12", "secret"));
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(read("")).isEqualTo(DmtpSettings.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<route>host:1</route>", "<route domain=\"a_b\">host:1</route>", "<route domain=\"a\">host</route>",
        "<route domain=\"a\">:1</route>", "<route domain=\"a\">host:x</route>", "<route domain=\"a\" pok=\"key\">host:1</route>",
        "<route domain=\"a\">host:1</route><route domain=\"A\">host:1</route>", "<rout domain=\"a\">host:1</rout>",
        "<route domain=\"a\" via=\"b\">host:1</route>"})
    void slipsShouldBeNamed(String elements) {
        assertThatThrownBy(() -> read(elements)).isInstanceOf(ConfigurationException.class).hasMessageContaining("dime.xml: ")
            .hasMessageContaining("expected");
    }
}
