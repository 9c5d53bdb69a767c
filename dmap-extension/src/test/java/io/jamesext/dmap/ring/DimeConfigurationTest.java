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
package io.jamesext.dmap.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.jamesext.testing.mailbox.TestJames;

/** What dime.xml may say. */
class DimeConfigurationTest {
    @TempDir
    Path folder;

    private DimeSettings read(String text) throws Exception {
        XMLConfiguration configuration = new XMLConfiguration();
        new FileHandler(configuration).load(new StringReader(text));
        return DimeConfiguration.read(configuration, TestJames.fileSystem(folder));
    }

    @Test
    void everyKeyShouldBeRead() throws Exception {
        Path keys = Files.createDirectories(folder.resolve("conf/dime"));
        DimeSettings settings = read("<dime><mode>CAUTIOUS</mode><organisations>file://conf/dime/</organisations>"
            + "<credentialKey>AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=</credentialKey><dmtp><route>x</route></dmtp></dime>");
        assertThat(settings.mode()).isEqualTo(Mode.CAUTIOUS);
        assertThat(settings.organisations()).hasValueSatisfying(path -> assertThat(path.toAbsolutePath().normalize()).isEqualTo(keys));
        assertThat(settings.cipher()).isPresent();
    }

    @Test
    void aSettingThatIsMissingShouldBeTheDefault() throws Exception {
        DimeSettings settings = read("<dime><mode> PARANOID </mode></dime>");
        assertThat(settings).isEqualTo(new DimeSettings(Mode.PARANOID, Optional.empty(), Optional.empty()));
        assertThat(read("<dime/>")).isEqualTo(DimeSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<dimes><mode>CAUTIOUS</mode></dimes> | dime.xml: the root element is `dimes`; expected `dime`",
        "<dime><moed>CAUTIOUS</moed></dime> | dime.xml: unknown key `moed`; expected one of credentialKey, mode, organisations, dmtp",
        "<dime mode='CAUTIOUS'/> | dime.xml: unknown key `[@mode]`; expected one of credentialKey, mode, organisations, dmtp",
        "<dime><mode x='1'>CAUTIOUS</mode></dime> | dime.xml: unknown key `mode[@x]`; "
            + "expected one of credentialKey, mode, organisations, dmtp",
        "<dime><mode>cautious</mode></dime> | dime.xml: key `mode` is `cautious`; expected TRUSTFUL, CAUTIOUS or PARANOID",
        "<dime><mode/></dime> | dime.xml: key `mode` is ``; expected TRUSTFUL, CAUTIOUS or PARANOID",
        "<dime><mode>CAUTIOUS</mode><mode>PARANOID</mode></dime> | dime.xml: key `mode` is there twice; expected it once",
        "<dime><organisations>file://conf/none/</organisations></dime> | dime.xml: key `organisations` is `file://conf/none/`; "
            + "expected a folder, such as file://conf/dime/",
        "<dime><organisations>file://a.file</organisations></dime> | dime.xml: key `organisations` is `file://a.file`; "
            + "expected a folder, such as file://conf/dime/",
        "<dime><credentialKey>c2VjcmV0</credentialKey></dime> | dime.xml: key `credentialKey`: expected 32 random octets in base64, "
            + "as `openssl rand -base64 32` writes them"})
    void aSlipShouldBeNamedWithWhatWasExpected(String text, String message) throws Exception {
        Files.writeString(folder.resolve("a.file"), "x");
        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }
}
