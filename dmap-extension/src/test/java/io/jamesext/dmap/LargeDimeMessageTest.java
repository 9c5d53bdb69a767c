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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DIME message of 30 MB. How little is read of it is {@code DimeMailTest}'s. */
class LargeDimeMessageTest {
    @Test
    void chunksShouldBeCutOut(@TempDir Path folder) throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder); TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            shouldBeCutOut(client);
        }
    }

    private static void shouldBeCutOut(TlsClient client) throws Exception {
        byte[] message = Letters.large();
        assertThat(BinaryAnswer.append(client, "INBOX", message)).startsWith("P OK");
        client.select("INBOX");
        BinaryAnswer parts = BinaryAnswer.to(client, "FETCH * (SIZE BODY.PEEK[131.6]<" + Letters.LARGE_ATTACHMENT
            + ".1000> BODY.PEEK[2.1] BODY.PEEK[131.2]<4.3>)");
        assertThat(parts.text()).contains("(SIZE " + message.length + " ");
        assertThat(parts.literals().get(0)).isEqualTo(Arrays.copyOfRange(message, message.length - 132, message.length));
        assertThat(parts.literals().get(1)).hasSize(37);
        assertThat(parts.literals().get(2)).containsExactly(2, 2, 2);
        byte[] whole = BinaryAnswer.to(client, "FETCH * BODY.PEEK[131.6]").literals().get(0);
        assertThat(Arrays.equals(whole, Arrays.copyOfRange(message, message.length - whole.length, message.length))).isTrue();
        assertThat(Arrays.equals(BinaryAnswer.to(client, "FETCH * BODY.PEEK[]").literals().get(0), message)).isTrue();
    }
}
