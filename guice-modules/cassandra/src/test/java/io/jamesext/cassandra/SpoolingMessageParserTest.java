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


package io.jamesext.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.apache.james.mailbox.model.ParsedAttachment;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.junit.jupiter.api.Test;

import com.google.common.io.ByteStreams;

class SpoolingMessageParserTest {
    private static final String HEAD = "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n";
    private static final String ATTACHMENT = "--b\r\nContent-Type: application/octet-stream; name=a.bin\r\n"
        + "Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    private static final String TAIL = "\r\n--b--\r\n";
    private static final int LARGE = 40_000_000;

    /** As the first octets of the attachment, this many times: "!!!" in base64. */
    private static InputStream message(int groups) {
        byte[] group = "ISEh".getBytes(StandardCharsets.US_ASCII);
        InputStream body = new InputStream() {
            private long octet;

            @Override
            public int read() {
                return octet == 4L * groups ? -1 : group[(int) (octet++ & 3)];
            }
        };
        return new SequenceInputStream(Collections.enumeration(List.of(octets(HEAD + ATTACHMENT), body, octets(TAIL))));
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void attachmentsShouldBeThoseOfJames() throws Exception {
        assertThat(described(new SpoolingMessageParser(), 100_000)).isEqualTo(described(new MessageParser(), 100_000)).hasSize(1);
    }

    private static List<String> described(MessageParser parser, int groups) throws IOException {
        MessageParser.ParsingResult result = parser.retrieveAttachments(message(groups));
        try {
            return result.getAttachments().stream().map(SpoolingMessageParserTest::described).toList();
        } finally {
            result.dispose();
        }
    }

    private static String described(ParsedAttachment attachment) {
        try {
            return attachment.getName() + " " + attachment.getContentType() + " "
                + new String(attachment.getContent().read(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void largeAttachmentShouldNotLieOnTheHeap() throws Exception {
        long before = used();
        MessageParser.ParsingResult result = new SpoolingMessageParser().retrieveAttachments(message(LARGE / 3));
        try {
            assertThat(used() - before).isLessThan(LARGE / 4);
            try (InputStream content = result.getAttachments().get(0).getContent().openStream()) {
                assertThat(ByteStreams.exhaust(content)).isEqualTo(LARGE / 3 * 3L);
            }
        } finally {
            result.dispose();
        }
    }

    @Test
    void disposalShouldDeleteTheFiles() throws Exception {
        long before = files();
        MessageParser.ParsingResult result = new SpoolingMessageParser().retrieveAttachments(message(100_000));
        assertThat(files()).isEqualTo(before + 1);
        result.dispose();
        assertThat(files()).isEqualTo(before);
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("FileBackedOutputStream")).count();
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
