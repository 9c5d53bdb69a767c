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


package io.jamesext.lemonade.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.ImapUrl;

/** Any text is an IMAP URL or is refused as none, RFC 5092; what is signed of one is what was there, octet for octet, RFC 4467. */
class ImapUrlFuzzTest {
    @FuzzTest
    void anyTextShouldBeAnUrlOrBeRefused(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        ImapUrl url;
        try {
            url = ImapUrl.parse(text);
        } catch (BadUrlException e) {
            return;
        }
        assertThat(url.original()).isEqualTo(text);
        url.authorization().ifPresent(authorization -> assertThat(text).startsWith(authorization.rump()));
        assertThat(ImapUrl.parse(url.original())).isEqualTo(url);
    }
}
