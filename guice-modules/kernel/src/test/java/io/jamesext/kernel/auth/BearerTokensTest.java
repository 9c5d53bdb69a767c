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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class BearerTokensTest {
    private static BearerTokens.Response parse(String text) {
        return BearerTokens.Response.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Section 4.1. */
    @Test
    void exampleOfTheRfcShouldBeRead() {
        byte[] octets = Base64.getDecoder().decode("bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9"
            + "QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
        assertThat(BearerTokens.Response.parse(octets))
            .isEqualTo(new BearerTokens.Response("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n,a=a@b,\1auth=bEaReR t\1\1", "y,a=a@b,\1auth=Bearer t\1unknown=1\1\1", "user=a@b\1auth=Bearer t\1\1",
        "n,user=a@b\1auth=Bearer t\1\1"})
    void whatClientsSendShouldBeRead(String text) {
        assertThat(parse(text)).isEqualTo(new BearerTokens.Response("a@b", "t"));
    }

    @Test
    void nameShouldBeUnescaped() {
        assertThat(parse("n,a=a=2Cb=3D2C,\1auth=Bearer t\1\1").user()).isEqualTo("a,b=2C");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\1", "\1\1", "n,,\1auth=Bearer t\1\1", "p=tls-unique,a=a,\1auth=Bearer t\1\1", "n,a=a,\1host=h\1\1",
        "n,a=a,\1auth=Basic t\1\1", "n,a=a,\1auth=Bearer t\1auth=Bearer u\1\1", "n,a=a,\1auth=Bearer t\1", "user=\1auth=Bearer t\1\1"})
    void nonsenseShouldBeRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.SYNTAX));
        assertThatThrownBy(() -> parse("n,a=a,\1auth=Bearer " + "t".repeat(40_000) + "\1\1")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void missingKeyShouldBeNamed() {
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        assertThat(BearerTokens.settings(configuration)).isEmpty();
        configuration.addProperty("auth.oidc.jwksURL", "https://example.org/jwks");
        assertThatThrownBy(() -> BearerTokens.settings(configuration)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("auth.oidc.claim");
        configuration.addProperty("auth.oidc.claim", "email");
        configuration.addProperty("auth.oidc.scope", "mail");
        configuration.addProperty("auth.oidc.oidcConfigurationURL", "nowhere");
        assertThatThrownBy(() -> BearerTokens.settings(configuration)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("https://HOST/PATH");
        configuration.setProperty("auth.oidc.oidcConfigurationURL", "https://example.org/x");
        assertThat(BearerTokens.settings(configuration).map(BearerTokens::refusal)).contains(
            "{\"status\":\"invalid_token\",\"scope\":\"mail\",\"openid-configuration\":\"https://example.org/x\"}");
    }
}
