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
package io.jamesext.agap.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;

class WithoutAttachmentTest {
    private static final String HEADER = "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n";

    private static Callable<InputStream> source(String message) {
        return () -> new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String without(String message, int number) throws Exception {
        try (WithoutAttachment result = WithoutAttachment.of(Message.read(source(message)), number, source(message));
                InputStream in = result.getInputStream()) {
            byte[] octets = in.readAllBytes();
            assertThat(result.size()).isEqualTo(octets.length);
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    private static String part(String boundary, String type, String body) {
        return "--" + boundary + "\r\nContent-Type: " + type + "\r\n\r\n" + body + "\r\n";
    }

    @Test
    void theOtherPartsShouldStayAsTheyAre() throws Exception {
        String begin = HEADER + "Content-Type: multipart/mixed;\r\n boundary=\"B\"\r\n\r\npreamble --B \r\n"
            + part("B", "text/plain", "text\u00e9");
        String png = part("B", "image/png", "\u00ff-\r\n--C\r\n --B\r\n");
        String pdf = "--B  \nContent-Type: application/pdf\n\npdf\n";
        String end = "--B--\r\nepilogue\r\n--B\r\nno part\r\n";

        assertThat(without(begin + png + pdf + end, 1)).isEqualTo(begin + pdf + end);
        assertThat(without(begin + png + pdf + end, 2)).isEqualTo(begin + png + end);
    }

    @Test
    void aMultipartShouldNotStayWithoutParts() throws Exception {
        String begin = HEADER + "Content-Type: multipart/mixed; boundary=B\r\n\r\n" + part("B", "text/plain", "text");
        String inner = "--B\r\nContent-Type: multipart/mixed; boundary=I\r\n\r\n" + part("I", "image/png", "png") + "--I--\r\n\r\n";
        assertThat(without(begin + inner + "--B--\r\n", 1)).isEqualTo(begin + "--B--\r\n");
    }

    @Test
    void nestedPartsShouldBeFound() throws Exception {
        String message = HEADER + "Content-Type: multipart/mixed; boundary=out\r\n\r\n"
            + "--out\r\nContent-Type: multipart/related; boundary=in\r\n\r\n"
            + part("in", "text/plain", "text") + part("in", "image/png", "png") + "--in--\r\n--out--\r\n";
        assertThat(without(message, 1)).isEqualTo(message.replace(part("in", "image/png", "png"), ""));
    }

    @Test
    void aMessageThatIsAnAttachmentShouldBecomeEmpty() throws Exception {
        String pdf = "Content-Type: application/pdf;\r\n name=x\r\nX-Other: y\r\nContent-Transfer-Encoding: base64\r\n\r\ncGRm\r\n";
        assertThat(without(HEADER + pdf, 1)).isEqualTo(HEADER + "X-Other: y\r\n\r\n");
        String multipart = HEADER + "Content-Type: multipart/mixed; boundary=B\r\n\r\n" + part("B", "image/png", "png") + "--B--\r\n";
        assertThat(without(multipart, 1)).isEqualTo(HEADER + "\r\n");
        assertThat(Message.read(source(without(multipart, 1))).attachments()).isZero();
    }

    @Test
    void aMessageThatEndsTooEarlyShouldKeepItsRest() throws Exception {
        String begin = HEADER + "Content-Type: multipart/mixed; boundary=B\r\n\r\n" + part("B", "text/plain", "text");
        assertThat(without(begin + "--B\r\nContent-Type: image/png\r\n\r\npng", 1)).isEqualTo(begin);
    }

    @Test
    void anyTreeShouldLoseOneAttachmentAfterTheOther() throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String message = HEADER + tree(random, 0, "b" + i);
            int attachments = Message.read(source(message)).attachments();
            while (attachments > 0) {
                message = without(message, 1 + random.nextInt(attachments));
                attachments--;
                assertThat(Message.read(source(message)).attachments()).as("seed %s message %s\n%s", seed, i, message)
                    .isEqualTo(attachments);
            }
        }
    }

    private static String tree(Random random, int depth, String boundary) {
        if (depth == 3 || random.nextInt(3) == 0) {
            return "Content-Type: " + List.of("image/png", "text/plain", "application/x").get(random.nextInt(3)) + "\r\n\r\nbody\r\n";
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            parts.add("--" + boundary + "\r\n" + tree(random, depth + 1, "x" + depth + i + boundary));
        }
        return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n" + String.join("", parts) + "--" + boundary + "--\r\n";
    }
}
