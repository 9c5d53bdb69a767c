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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.ProtocolException;

class CramMd5Test {
    private static final String PASSWORD = "tanstaaftanstaaf";

    /** RFC 2195 section 2, which is also the example of XIMSS. */
    private final CramMd5 exchange = new CramMd5("<1896.697170952@postoffice.reston.mci.net>");

    private static CramMd5.Response response(String text) {
        return CramMd5.Response.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void exampleShouldProve() {
        CramMd5.Response response = response("tim b913a602c7eda7a495b4e6e7334d3890");

        assertThat(response.user()).isEqualTo("tim");
        assertThatCode(() -> exchange.check(response, PASSWORD)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tim b913a602c7eda7a495b4e6e7334d3891", "tim b913a602c7eda7a495b4e6e7334d389", "tim ", "tim x",
        "tim B913A602C7EDA7A495B4E6E7334D3890"})
    void anythingElseShouldNot(String text) {
        assertThatThrownBy(() -> exchange.check(response(text), PASSWORD)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "tim", " b913a602c7eda7a495b4e6e7334d3890"})
    void responseWithoutNameOrDigestShouldBeRefused(String text) {
        assertThatThrownBy(() -> response(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void challengesShouldDiffer() {
        assertThat(CramMd5.of("host").challenge()).matches("<[0-9a-f]{32}@host>").isNotEqualTo(CramMd5.of("host").challenge());
    }
}
