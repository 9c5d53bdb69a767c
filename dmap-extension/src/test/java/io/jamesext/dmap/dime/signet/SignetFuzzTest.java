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
package io.jamesext.dmap.dime.signet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.stacie.RealmKey;
import io.jamesext.kernel.failure.ProtocolException;

/** Octets are refused, or they are an object that is written as it was read. */
class SignetFuzzTest {
    private static final Signet OTHER = SignetIssuer.request(PrivateKeys.generateUser(Seeded.random(8)));
    private static final RealmKey KEY = RealmKey.of(new byte[64]);

    @FuzzTest
    void anySignetShouldBeRefusedOrComeBack(byte[] input) {
        try {
            Signet signet = Signet.read(input);
            assertThat(signet.toBytes()).isEqualTo(input);
            assertThat(Signet.of(signet.type(), signet.fields())).isEqualTo(signet);
            assertThat(signet.reducedTo(signet.level())).isEqualTo(signet);
            assertThat(Fingerprint.parse(signet.fingerprint(signet.level()).toString())).isEqualTo(signet.fingerprint(signet.level()));
            SignetSignatures.isSelfSigned(signet);
            SignetSignatures.isSignedBy(signet, signet);
            assertThat(SignetSignatures.continues(signet, OTHER)).isFalse();
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }

    @FuzzTest
    void anyKeysShouldBeRefusedOrComeBack(byte[] input) {
        try {
            assertThat(PrivateKeys.read(input).toBytes()).isEqualTo(input);
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
        try {
            EncryptedKeys keys = EncryptedKeys.read(input);
            assertThat(keys.toBytes()).isEqualTo(input);
            keys.decrypt(KEY);
        } catch (ProtocolException e) {
            assertThat(e.text()).isNotEmpty();
        }
    }
}
