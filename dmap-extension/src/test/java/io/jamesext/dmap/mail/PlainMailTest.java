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
package io.jamesext.dmap.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Test;

import io.jamesext.dmap.dime.message.ChunkKind;

class PlainMailTest {
    private static PlainMail mail(String message) {
        byte[] octets = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return new PlainMail(() -> new ByteArrayInputStream(octets));
    }

    private static String text(PlainMail mail, int type, int number) throws Exception {
        return new String(mail.open(new ChunkId(type, number)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void sizesShouldBeTrue(PlainMail mail) throws Exception {
        for (Chunk chunk : mail.chunks()) {
            assertThat(mail.open(chunk.id()).readAllBytes()).as(chunk.id().toString()).hasSize((int) chunk.size());
            assertThat(mail.find(chunk.id())).contains(chunk);
        }
    }

    @Test
    void messageWithoutHeaderShouldHaveItsChunks() throws Exception {
        assertThat(mail("").chunks()).extracting(Chunk::id).extracting(ChunkId::toString).contains("33.1", "34.1");
        sizesShouldBeTrue(mail(""));
        sizesShouldBeTrue(mail("\n\njust text\n"));
    }

    @Test
    void chunksThatAreNotThereShouldBeSearchedForOnce() throws Exception {
        AtomicInteger passes = new AtomicInteger();
        PlainMail mail = new PlainMail(() -> {
            passes.incrementAndGet();
            return new ByteArrayInputStream("Subject: a\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        for (long number = 2; number < 10; number++) {
            assertThat(mail.find(new ChunkId(67, number))).isEmpty();
            assertThat(mail.find(new ChunkId(131, number))).isEmpty();
        }
        assertThat(passes).hasValue(1);
        assertThat(mail.find(new ChunkId(67, 1))).isPresent();
        sizesShouldBeTrue(mail);
    }

    @Test
    void foldedFieldsShouldStayAsTheyAre() throws Exception {
        assertThat(text(mail("Subject: a\n b\nX-Y: 1\n\nx"), 33, 1)).isEqualTo("Subject: a\r\n b\r\n");
        assertThat(text(mail("Subject: a\n b\nX-Y: 1\n\nx"), 34, 1)).isEqualTo("X-Y: 1\r\n");
    }

    @Test
    void messageWithinTheMessageShouldBeOneAttachment() throws Exception {
        PlainMail mail = mail("Content-Type: message/rfc822\n\nSubject: inner\n\ninner text\n");
        assertThat(mail.chunks()).extracting(Chunk::type)
            .containsExactly(ChunkKind.COMMON_HEADERS, ChunkKind.OTHER_HEADERS, ChunkKind.ATTACHMENT);
        assertThat(text(mail, 131, 1)).isEqualTo("Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n");
    }

    @Test
    void attachedTextShouldBeAnAttachment() throws Exception {
        assertThat(mail("Content-Type: text/plain\nContent-Disposition: ATTACHMENT\n\nx").chunks()).extracting(Chunk::type)
            .contains(ChunkKind.ATTACHMENT).doesNotContain(ChunkKind.DISPLAY_CONTENT);
    }

    @Test
    void brokenMimeShouldStillHaveChunks() throws Exception {
        sizesShouldBeTrue(mail("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nno end"));
        sizesShouldBeTrue(mail("Content-Type: multipart/mixed\n\nno boundary"));
        sizesShouldBeTrue(mail("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!! not base64 =\n=="));
        sizesShouldBeTrue(mail("Content-Type: ;;;\nContent-Transfer-Encoding: nonsense\n: no name\nno colon\n\nx"));
    }

    @Test
    void deepNestingShouldNotExhaustTheStack() throws Exception {
        StringBuilder message = new StringBuilder();
        for (int level = 0; level < 5_000; level++) {
            message.append("Content-Type: multipart/mixed; boundary=b").append(level).append("\n\n--b").append(level).append('\n');
        }
        PlainMail mail = mail(message + "Content-Type: text/plain\n\ndeep\n");
        sizesShouldBeTrue(mail);
        assertThat(mail.chunks()).extracting(Chunk::type).contains(ChunkKind.ATTACHMENT);
    }

    /** Mime4j's own test messages, with all their warts. */
    @Test
    void realMailShouldHaveChunksOfTrueSize() throws Exception {
        URL anyOfThem = Objects.requireNonNull(PlainMailTest.class.getResource("/testmsgs/basic-plain.msg"));
        int messages = 0;
        try (JarFile jar = ((JarURLConnection) anyOfThem.openConnection()).getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".msg")) {
                    byte[] message = jar.getInputStream(entry).readAllBytes();
                    PlainMail mail = new PlainMail(() -> new ByteArrayInputStream(message));
                    assertThat(mail.chunks()).as(entry.getName()).hasSizeGreaterThanOrEqualTo(2);
                    sizesShouldBeTrue(mail);
                    messages++;
                }
            }
        }
        assertThat(messages).isGreaterThan(50);
    }

    @Test
    void anyOctetsShouldGiveChunksOfTrueSize() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] words = {"Content-Type: multipart/mixed; boundary=a\n", "Content-Transfer-Encoding: base64\n", "\n", "--a\n", "--a--\n",
            "Content-Type: text/plain\n", "AAAA", "=\n", "\u00e9", "Content-Transfer-Encoding: quoted-printable\n", "=C3", ": ", "\0"};
        for (int run = 0; run < 200; run++) {
            StringBuilder message = new StringBuilder();
            for (int word = 0; word < 30; word++) {
                message.append(words[random.nextInt(words.length)]);
            }
            try {
                sizesShouldBeTrue(mail(message.toString()));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + message, e);
            }
        }
    }

    @Test
    void aHeaderOfVeryManyFieldsShouldBeShownInPart() throws Exception {
        PlainMail mail = mail("Subject: many\n" + "a:\n".repeat(100_000) + "To: last\n\nMeet me.\n");
        assertThat(text(mail, 33, 1)).isEqualTo("Subject: many\r\n");
        assertThat(text(mail, 34, 1)).isEqualTo("a:\r\n".repeat(ChunkCursor.MAX_FIELDS - 1));
        assertThat(text(mail, 67, 1)).isEqualTo("\r\nMeet me.\r\n");
        assertThat(mail.visit((type, octets) -> { })).as("whole").isFalse();
    }

    /** Each parameter takes a hundred times what it has in octets. */
    @Test
    void aFieldOfVeryManyParametersShouldBreakTheMessage() throws Exception {
        String fits = "Content-Type: text/plain" + "; a=b".repeat(ChunkCursor.MAX_FIELD_BYTES / 6) + "\n\nMeet me.\n";
        assertThat(mail(fits).chunks()).extracting(Chunk::type).contains(ChunkKind.DISPLAY_CONTENT);
        String tooLong = "Content-Type: text/plain" + "; a=b".repeat(ChunkCursor.MAX_FIELD_BYTES / 5) + "\n\nMeet me.\n";
        assertThat(mail(tooLong).visit((type, octets) -> { })).as("whole").isFalse();
    }
}
