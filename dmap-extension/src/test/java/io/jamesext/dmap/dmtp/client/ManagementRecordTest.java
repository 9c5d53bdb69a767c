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

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.net.HostAndPort;

import io.jamesext.kernel.failure.ProtocolException;

class ManagementRecordTest {
    private static final String KEY = "0".repeat(42) + "A";
    private static final String SIGNATURE = "1".repeat(85) + "A";

    @Test
    void aRecordShouldTellKeysAndServers() {
        ManagementRecord found = ManagementRecord.parse("ver=1 pok=" + KEY + " tls=" + SIGNATURE + " pol=Strict syn=example.com"
            + " dx=DX.example.org dx=other.example.org:11041 exp=30 sub=relaxed");
        assertThat(found.primaryKeys()).hasSize(1);
        assertThat(found.primaryKeys().get(0).toBytes()).isEqualTo(Base64.getDecoder().decode(KEY));
        assertThat(found.certificateSignatures()).hasSize(1);
        assertThat(found.servers()).extracting(HostAndPort::toString).containsExactly("dx.example.org", "other.example.org:11041");
        assertThat(found.policy()).isEqualTo("strict");
    }

    @Test
    void longNamesSemicolonsAndQuotesShouldBeRead() {
        assertThat(ManagementRecord.parse("version=1; primary=" + KEY + "; deliver=dx.example.org").servers()).hasSize(1);
        String quoted = "\"ver=1 pok=" + KEY.substring(0, 20) + "\" \"" + KEY.substring(20) + " dx=dx.example.org\"";
        assertThat(ManagementRecord.parse(quoted).servers()).hasSize(1);
        assertThat(ManagementRecord.parse("ver=1 pok=" + KEY + " new=thing").policy()).isEqualTo("experimental");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ver=1", "pok=KEY", "ver=2 pok=KEY", "ver=1 ver=1 pok=KEY", "ver=1 pok=short", "ver=1 pok=KEYKEY",
        "ver=1 pok=***", "ver=1 pok=KEY tls=KEY", "ver=1 pok=KEY pol=open", "ver=1 pok=KEY pol=strict pol=mixed", "ver=1 pok=KEY sub=none",
        "ver=1 pok=KEY exp=never", "ver=1 pok=KEY dx=under_score", "ver=1 pok=KEY dx=host:99999", "ver=1 pok=KEY dx=[::1]",
        "ver=1 pok=KEY and more", "ver=1 pok=KEY pok=KEY pok=KEY pok=KEY pok=KEY pok=KEY pok=KEY pok=KEY pok=KEY"})
    void whatIsNoneShouldBeRefused(String record) {
        assertThatThrownBy(() -> ManagementRecord.parse(record.replace("KEY", KEY))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aRecordShouldHaveItsLimit() {
        assertThatThrownBy(() -> ManagementRecord.parse("ver=1 pok=" + KEY + " x=y".repeat(2000))).isInstanceOf(ProtocolException.class);
    }
}
