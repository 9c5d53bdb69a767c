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
package io.jamesext.dmap.mailet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

/** PROTOCOL.md section 5.7. */
class CommonHeadersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static CommonHeaders of(String fields) {
        return CommonHeaders.of(fields.getBytes(ISO_8859_1), NOW);
    }

    private static String lines(String fields) {
        return new String(of(fields).lines(), ISO_8859_1);
    }

    @Test
    void allShouldStandInTheirOrderUnderTheirNames() {
        assertThat(lines("SUBJECT:s\r\norganization: o\r\nfrom:  f\r\nCc: c\r\nto: t\r\ndate: d\r\n"))
            .isEqualTo("Date: d\r\nTo: t\r\nCC: c\r\nFrom: f\r\nOrganization: o\r\nSubject: s\r\n");
    }

    @Test
    void thoseThatHaveToBeThereShouldBeThere() {
        assertThat(lines("")).isEqualTo("Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nTo: \r\nFrom: \r\nSubject: \r\n");
    }

    @Test
    void eachShouldBeOneLine() {
        assertThat(lines("Subject: a\r\n b\n\tc\rd\u0000e\r\n")).endsWith("Subject: a b\tc d e\r\n");
    }

    @Test
    void octetsShouldStayWhatTheyAre() {
        assertThat(lines("Subject: \u00c3\u00a9\u00ff\r\n")).endsWith("Subject: \u00c3\u00a9\u00ff\r\n");
    }

    @Test
    void allButTheFirstShouldBeLeft() {
        CommonHeaders headers = of("To: a\r\nTo: second\r\n c\r\nSubject: s\r\nto: d\r\n");
        assertThat(new String(headers.lines(), ISO_8859_1)).contains("To: a\r\n").doesNotContain("second");
        assertThat(new String(headers.left(), ISO_8859_1)).isEqualTo("To: second\r\n c\r\nto: d\r\n");
    }
}
