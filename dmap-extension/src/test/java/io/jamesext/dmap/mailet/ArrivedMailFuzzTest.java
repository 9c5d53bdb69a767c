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

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.kernel.failure.ProtocolException;

/** Whatever arrives is divided into contents that a DIME message can have, or refused. */
class ArrivedMailFuzzTest {
    private static final String COMMON = "Date: [^\r\n]*\r\nTo: [^\r\n]*\r\n(CC: [^\r\n]*\r\n)?From: [^\r\n]*\r\n"
        + "(Organization: [^\r\n]*\r\n)?Subject: [^\r\n]*\r\n";

    @FuzzTest
    void anyMailShouldHaveContents(byte[] input) throws Exception {
        try {
            List<Content> contents = ArrivedMail.read(() -> new ByteArrayInputStream(input), Instant.EPOCH).contents("");
            assertThat(contents).extracting(Content::kind).startsWith(ChunkKind.COMMON_HEADERS, ChunkKind.OTHER_HEADERS)
                .contains(ChunkKind.DISPLAY_CONTENT);
            assertThat(new String(contents.get(0).data(), ISO_8859_1)).matches(COMMON);
        } catch (ProtocolException e) {
            assertThat(e.text()).contains("parts");
        }
    }
}
