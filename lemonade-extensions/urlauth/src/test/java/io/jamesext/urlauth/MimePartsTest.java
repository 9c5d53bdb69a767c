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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.junit.jupiter.api.Test;

class MimePartsTest {
    private static final String[] PIECES = {"--b", "--c", "--b--", "--", "\r\n", "\n", "\r\n\r\n", "\r", "Content-Type: ",
        "multipart/mixed", "; boundary=b", "; boundary=c", "message/rfc822", "text", "/", "\"", ":", " ",
        "\u0000", "x".repeat(70_000), "Subject: "};

    @Test
    void messageShouldBeReadOnce() throws Exception {
        MimeParts parts = new MimeParts();
        AtomicInteger opened = new AtomicInteger();
        UrlContent.Source source = () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream("A: b\r\n\r\nc".getBytes(StandardCharsets.US_ASCII));
        };
        assertThat(parts.known(InMemoryMessageId.of(1))).isEmpty();
        MimePart first = parts.of(InMemoryMessageId.of(1), source);
        assertThat(parts.of(InMemoryMessageId.of(1), source)).isSameAs(first);
        assertThat(parts.known(InMemoryMessageId.of(1))).containsSame(first);
        assertThat(opened).hasValue(1);
        parts.of(InMemoryMessageId.of(2), source);
        assertThat(opened).hasValue(2);
    }

    @Test
    void smallPartShouldBeDecodedOnce() throws Exception {
        assertThat(decodings(new Extent(10, 10 + (2 << 20)))).isEqualTo(1);
    }

    @Test
    void largePartShouldBeDecodedAsItIsSent() throws Exception {
        // Once for its size, and once for each of the two who read it.
        assertThat(decodings(new Extent(10, 11 + (2 << 20)))).isEqualTo(3);
    }

    private static int decodings(Extent body) throws Exception {
        MimeParts parts = new MimeParts();
        AtomicInteger decodings = new AtomicInteger();
        UrlContent.Source decoding = () -> {
            decodings.incrementAndGet();
            return new ByteArrayInputStream(new byte[] {1, 0, 2});
        };
        for (int i = 0; i < 2; i++) {
            SectionReader.Decoded decoded = parts.decoded(InMemoryMessageId.of(1), body, decoding);
            assertThat(decoded.content().octets()).containsExactly(1, 0, 2);
            assertThat(decoded.hasNul()).isTrue();
        }
        return decodings.get();
    }

    @Test
    void anyOctetsShouldHaveAStructure() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder message = new StringBuilder();
            for (int count = random.nextInt(40); count > 0; count--) {
                message.append(PIECES[random.nextInt(PIECES.length - (i % 50 == 0 ? 0 : 2))]);
            }
            byte[] octets = message.toString().getBytes(StandardCharsets.ISO_8859_1);
            MimePart part = MimeScanner.scan(new ByteArrayInputStream(octets));
            assertThat(part.header().start()).as("seed %d", seed).isZero();
            assertThat(part.body().end()).as("seed %d", seed).isEqualTo(octets.length);
            assertInside(part, seed);
        }
    }

    private static void assertInside(MimePart part, long seed) {
        assertThat(part.header().end()).as("seed %d", seed).isEqualTo(part.body().start());
        assertThat(part.lines()).as("seed %d", seed).isBetween(0L, part.body().length());
        assertThat(part.children().isEmpty()).as("seed %d", seed).isEqualTo(part.kind() == MimePart.Kind.SINGLE);
        long from = part.body().start();
        for (MimePart child : part.children()) {
            assertThat(child.header().start()).as("seed %d", seed).isGreaterThanOrEqualTo(from);
            assertThat(child.body().end()).as("seed %d", seed).isLessThanOrEqualTo(part.body().end());
            from = child.body().end();
            assertInside(child, seed);
        }
    }
}
