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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.kernel.failure.ProtocolException;

/** Whatever a client appends: no DIME message is stored that has no layout, and what is stored can be fetched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppendFuzzTest {
    private static final int MUTATIONS = 100;

    @TempDir
    static Path folder;
    private DmapTestServer server;
    private TlsClient client;
    private Letters letters;

    @BeforeAll
    void start() throws Exception {
        server = DmapTestServer.start(folder);
        client = new TlsClient(server.port());
        client.logIn();
        client.select("blurdybloop");
        letters = new Letters(server.services().dime(), 1);
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @FuzzTest
    void anyMessageShouldBeRefusedOrFetched(byte[] input) throws Exception {
        shouldBeRefusedOrFetched(input);
        // As a plain message that says that it is DIME.
        shouldBeRefusedOrFetched(Bytes.concat(DimeWrapper.header(Instant.EPOCH, new byte[0], Optional.empty()), input));
    }

    @Test
    void mutatedMessagesShouldBeRefusedOrFetched() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Message message = letters.toAlice(List.of(Letters.headers(), new Content(ChunkKind.DISPLAY_CONTENT, new byte[10]),
            new Content(ChunkKind.DISPLAY_CONTENT, new byte[600])));
        for (int run = 0; run < MUTATIONS; run++) {
            byte[] octets = random.nextBoolean() ? message.toBytes() : Letters.traced(message, 5);
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                // Where lengths and kinds are: in the first octets, and at the chunks' heads.
                int place = random.nextInt(message.layout().chunks().size());
                long at = random.nextBoolean() ? random.nextInt(12) : message.layout().chunks().get(place).start() + random.nextInt(5);
                octets[(int) at] = (byte) (random.nextBoolean() ? random.nextInt() : octets[(int) at] + 1);
            }
            octets = random.nextInt(4) == 0 ? Arrays.copyOf(octets, random.nextInt(octets.length + 10)) : octets;
            try {
                anyMessageShouldBeRefusedOrFetched(octets);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void shouldBeRefusedOrFetched(byte[] input) throws Exception {
        boolean begins = MessageLayout.begins(new ByteArrayInputStream(input));
        String answer = BinaryAnswer.append(client, "blurdybloop", input);
        if (input.length == 0 || begins && !isDime(input)) {
            assertThat(answer).startsWith("P NO [CANNOT] ");
            return;
        }
        assertThat(answer).startsWith("P OK [APPENDUID ");
        byte[] shown = begins ? input : shown(input);
        BinaryAnswer fetched = BinaryAnswer.to(client, "FETCH * (SIZE BODY.PEEK[])");
        assertThat(fetched.completion()).isEqualTo("B OK FETCH completed");
        assertThat(fetched.literals()).containsExactly(shown);
        assertThat(BinaryAnswer.to(client, "FETCH * (BODY.PEEK[33.1] BODY.PEEK[67.1] BODY.PEEK[0.1] BODY.PEEK[255.1]<3.9> BODYSTRUCTURE)")
            .completion()).isEqualTo("B OK FETCH completed");
        if (begins) {
            assertThat(fetched.text()).contains("(SIZE " + input.length + " ");
        }
        client.send("D1 STORE 1:* +FLAGS.SILENT (\\Deleted)\r\nD2 EXPUNGE\r\n");
        client.readUntil("D2 OK");
    }

    private static byte[] shown(byte[] message) {
        int end = Bytes.indexOf(message, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) + 4;
        String header = new String(message, 0, Math.max(end, 0), StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOfRange(message, Math.max(end, 0), message.length);
        return header.contains("\r\nContent-Type: " + DimeWrapper.MEDIA_TYPE + "\r\n") && isDime(content) ? content : message;
    }

    private static boolean isDime(byte[] octets) {
        try {
            MessageLayout.read(new ByteArrayInputStream(octets));
            return true;
        } catch (ProtocolException | IOException e) {
            return false;
        }
    }
}
