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

package io.jamesext.testing.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LmtpClientTest {
    /** In the table, {@code ^} stands for CR and {@code $} for LF. */
    @ParameterizedTest
    @CsvSource({
        "a^$,     a^$.^$",
        "a$b$,    a^$b^$.^$",
        "a,       a^$.^$",
        ".a^$.^$, ..a^$..^$.^$",
        "a.b$..,  a.b^$...^$.^$",
        "a^b$,    a^b^$.^$"})
    void dataShouldHaveCanonicalLinesAndDoubledDots(String message, String expected) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        LmtpClient.writeData(bytes(message), out);

        assertThat(out.toByteArray()).isEqualTo(bytes(expected));
    }

    private static byte[] bytes(String shown) {
        return shown.replace('^', '\r').replace('$', '\n').getBytes(StandardCharsets.ISO_8859_1);
    }
}
