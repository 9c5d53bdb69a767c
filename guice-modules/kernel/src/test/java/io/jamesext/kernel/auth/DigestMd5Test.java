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

class DigestMd5Test {
    /** RFC 2831 section 4, for IMAP. */
    private static final String EXAMPLE = "charset=utf-8,username=\"chris\",realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\","
        + "nc=00000001,cnonce=\"OA6MHXh6VqTrRk\",digest-uri=\"imap/elwood.innosoft.com\","
        + "response=d388dad90d4bbd760a152321f2143af7,qop=auth";

    private final DigestMd5 exchange = new DigestMd5("elwood.innosoft.com", "OA6MG9tEQGm2hh");

    private static DigestMd5.Response response(String text) {
        return DigestMd5.Response.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void exampleShouldProveBothSides() {
        DigestMd5.Response response = response(EXAMPLE);

        assertThat(exchange.challenge())
            .isEqualTo("realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",charset=utf-8,algorithm=md5-sess");
        assertThat(response.user()).isEqualTo("chris");
        assertThat(response.actAs()).isEmpty();
        assertThatCode(() -> exchange.check(response, "secret")).doesNotThrowAnyException();
        assertThat(exchange.serverFinal(response, "secret")).isEqualTo("rspauth=ea40f60335c427b5527b84dbabcdfffd");
    }

    @Test
    void blanksAndQuotesShouldChangeNothing() {
        assertThatCode(() -> exchange.check(response(EXAMPLE.replace(",", " , ").replace("\"chris\"", "\"ch\\ris\"")), "secret"))
            .doesNotThrowAnyException();
    }

    @Test
    void anythingElseShouldNotProve() {
        assertThatThrownBy(() -> exchange.check(response(EXAMPLE), "Secret")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new DigestMd5("elwood.innosoft.com", "another").check(response(EXAMPLE), "secret"))
            .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new DigestMd5("other.example", "OA6MG9tEQGm2hh").check(response(EXAMPLE), "secret"))
            .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> exchange.check(response(EXAMPLE.replace("d388", "d389")), "secret")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> exchange.check(response(EXAMPLE + ",authzid=\"other\""), "secret")).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "username", "username=\"chris", "username=\"chris\" x", "username=chris,username=chris",
        "username=\"chris\",response=x,nc=00000002", "username=\"chris\",response=x,nc=00000001,qop=auth-conf",
        "username=\"\",response=x,nc=00000001",
        "response=x,nc=00000001"})
    void malformedResponseShouldBeRefused(String text) {
        assertThatThrownBy(() -> response(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void longResponseShouldBeRefused() {
        assertThatThrownBy(() -> response(EXAMPLE + ",x=\"" + "\\a".repeat(2000) + "\"")).isInstanceOf(ProtocolException.class);
        assertThatCode(() -> response(EXAMPLE + ",x=\"" + "\\a".repeat(1900) + "\"")).doesNotThrowAnyException();
    }

    /** RFC 2831 section 2.1.2.1: what ISO 8859-1 can say is hashed in it, whatever it was sent in. */
    @Test
    void lettersOfIsoShouldBeHashedAsSuch() {
        String inUtf8 = EXAMPLE.replace("chris", "chr\u00efs");
        String inIso = inUtf8.replace("charset=utf-8,", "");

        assertThat(exchange.serverFinal(response(inUtf8), "p\u00e4ss"))
            .isEqualTo(exchange.serverFinal(DigestMd5.Response.parse(inIso.getBytes(StandardCharsets.ISO_8859_1)), "p\u00e4ss"));
    }
}
