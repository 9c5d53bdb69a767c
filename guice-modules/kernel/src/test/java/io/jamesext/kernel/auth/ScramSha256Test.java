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
package io.jamesext.kernel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.io.BaseEncoding;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.testing.auth.ScramClient;

class ScramSha256Test {
    /** RFC 7677 section 3. */
    private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private static final String CLIENT_FINAL = "c=biws,r=rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE
        + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private static ScramSha256 exchange(String password) {
        ScramVerifier verifier = ScramSha256.verifier(password, BaseEncoding.base64().decode(SALT), 4096, "stamp");
        return new ScramSha256(ScramSha256.ClientFirst.parse(CLIENT_FIRST), new byte[0], verifier, SERVER_NONCE);
    }

    @Test
    void theRfcsExampleShouldHold() {
        ScramSha256 exchange = exchange("pencil");
        assertThat(exchange.serverFirst()).isEqualTo("r=rOprNGfwEbeRWgbNEkqO" + SERVER_NONCE + ",s=" + SALT + ",i=4096");
        exchange.check(CLIENT_FINAL);
        assertThat(exchange.serverFinal()).isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void anotherPasswordShouldFail() {
        assertThatThrownBy(() -> exchange("pencils").check(CLIENT_FINAL)).isInstanceOf(ProtocolException.class)
            .hasMessage("authentication failed");
    }

    @Test
    void anotherNonceOrChannelBindingShouldFail() {
        assertThatThrownBy(() -> exchange("pencil").check(CLIENT_FINAL.replace("k0,p", "k1,p"))).hasMessage("authentication failed");
        assertThatThrownBy(() -> exchange("pencil").check(CLIENT_FINAL.replace("biws", "eSws"))).hasMessage("authentication failed");
    }

    /** RFC 5802 section 7: cbind-input is the header and the channel's data. */
    @Test
    void channelBindingShouldBeProvedToo() {
        ScramVerifier verifier = ScramSha256.verifier("pencil", new byte[] {1}, 4096, "stamp");
        ScramSha256.ClientFirst first = ScramSha256.ClientFirst.parse("p=tls-server-end-point,,n=user,r=abc");
        ScramClient client = new ScramClient("p=tls-server-end-point,,", new byte[] {1, 2, 3}, "user", "pencil");
        assertThat(first.flag()).isEqualTo("p=tls-server-end-point");
        for (byte[] seen : new byte[][] {{1, 2, 3}, {1, 2, 4}, {}}) {
            ScramSha256 exchange = new ScramSha256(ScramSha256.ClientFirst.parse(respond(client, "")), seen, verifier, "xyz");
            String clientFinal = respond(client, exchange.serverFirst());
            if (seen.length == 3 && seen[2] == 3) {
                exchange.check(clientFinal);
            } else {
                assertThatThrownBy(() -> exchange.check(clientFinal)).hasMessage("authentication failed");
            }
        }
    }

    private static String respond(ScramClient client, String challenge) {
        try {
            return client.respond(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n,,", "p=,,n=user,r=x", "p=tls_unique,,n=user,r=x", "n,,m=ext,n=user,r=x", "n,,n=us=er,r=x", "n,,n=,r=x",
        "n,,n=user", "n,,n=user,r="})
    void malformedFirstMessagesShouldBeRefused(String message) {
        assertThatThrownBy(() -> ScramSha256.ClientFirst.parse(message)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c=biws", "c=biws,r=x", "c=biws,r=x,p=", "c=biws,r=x,p=!!", "r=x,c=biws,p=AAAA"})
    void malformedFinalMessagesShouldBeRefused(String message) {
        assertThatThrownBy(() -> exchange("pencil").check(message)).isInstanceOf(ProtocolException.class);
    }

    /** As many as fit into a request: they may take neither the stack nor the time. */
    @Test
    void manyExtensionsShouldBeReadOver() {
        String many = ",".repeat(100_000);
        assertThatThrownBy(() -> exchange("pencil").check("c=biws,r=x" + many)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> exchange("pencil").check(CLIENT_FINAL.replace(",p=", many + ",p="))).hasMessage("authentication failed");
    }

    @Test
    void namesShouldBeUnescaped() {
        ScramSha256.ClientFirst first = ScramSha256.ClientFirst.parse("y,a=bo=2Cb,n=a=3Dlice,r=abc,x=ignored");
        assertThat(first.user()).isEqualTo("a=lice");
        assertThat(first.actAs()).contains("bo,b");
        assertThat(first.header()).isEqualTo("y,a=bo=2Cb,");
        assertThat(first.flag()).isEqualTo("y");
    }
}
