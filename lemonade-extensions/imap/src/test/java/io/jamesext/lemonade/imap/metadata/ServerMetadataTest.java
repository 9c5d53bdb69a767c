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

package io.jamesext.lemonade.imap.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import io.jamesext.testing.mailbox.BothBackends;

/** What transcripts cannot write of server annotations. */
@BothBackends
class ServerMetadataTest {
    /** RFC 5464 section 5: {@code value = nstring / literal8}, of which the last alone may have NUL. */
    @Test
    void nulShouldGoOutInALiteral8Only() throws Exception {
        try (ImapTestServer server = ImapTestServer.start(""); ImapTestClient alice = server.connectAs(ImapTestServer.ALICE)) {
            alice.write("a SETMETADATA \"\" (/private/nul ~{3+}\r\nx\0y)\r\n");
            assertThat(alice.until("a ")).last().asString().startsWith("a OK");
            alice.write("b GETMETADATA \"\" /private/nul\r\n");
            assertThat(alice.until("b ")).startsWith("* METADATA \"\" (/private/nul ~{3}", "x\0y)");
            alice.write("c SETMETADATA \"\" (/private/nul \"xy\")\r\nd GETMETADATA \"\" /private/nul\r\n");
            assertThat(alice.until("d ")).contains("* METADATA \"\" (/private/nul \"xy\")");
        }
    }
}
