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

package io.jamesext.lemonade.smtp.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A message of random parts, with what every single part of it holds, in their order. */
final class RandomMessage {
    private static final String[] IDENTITIES = {"", "7bit", "8bit", "8BIT", "binary", "Binary"};
    private static final String[] TYPES = {"text/plain", "text/html; charset=utf-8", "application/octet-stream", "image/png", "Text/X-Any"};
    private static final int MAX_DEPTH = 4;

    private final Random random;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final List<byte[]> contents = new ArrayList<>();
    private int boundaries;

    RandomMessage(long seed) {
        random = new Random(seed);
        write("From: a@example.org\r\nSubject: parts\r\nMIME-Version: 1.0\r\n");
        entity(0);
    }

    byte[] octets() {
        return octets.toByteArray();
    }

    List<byte[]> contents() {
        return contents;
    }

    private void entity(int depth) {
        int kind = depth == MAX_DEPTH ? 0 : random.nextInt(6);
        if (kind == 5) {
            write("Content-Type: message/rfc822\r\n" + identity() + "\r\nFrom: b@example.org\r\nMIME-Version: 1.0\r\n");
            entity(depth + 1);
        } else if (kind >= 3) {
            multipart(depth);
        } else {
            leaf(depth);
        }
    }

    private void multipart(int depth) {
        String boundary = "=_boundary_" + boundaries++;
        String subtype = random.nextInt(3) == 0 ? "signed" : "mixed";
        write("Content-Type: multipart/" + subtype + "; boundary=\"" + boundary + "\"\r\n" + identity() + "\r\n");
        write(random.nextBoolean() ? "a pre\u00e4mble\r\n" : "");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            write("--" + boundary + "\r\n");
            entity(depth + 1);
            write("\r\n");
        }
        write("--" + boundary + "--\r\n" + (random.nextBoolean() ? "an epilo\u00fce" : ""));
    }

    private void leaf(int depth) {
        byte[] content = content();
        write("Content-Type: " + TYPES[random.nextInt(TYPES.length)] + "\r\n");
        int encoded = random.nextInt(8);
        if (encoded == 0) {
            write("Content-Transfer-Encoding: Base64\r\n\r\n" + Base64.getMimeEncoder().encodeToString(content));
        } else {
            String identity = identity();
            if (depth < MAX_DEPTH && !identity.toLowerCase(Locale.ROOT).contains("binary")) {
                content = (new String(content, ISO_8859_1) + "\r\n").getBytes(ISO_8859_1);
            }
            write(identity + "\r\n" + new String(content, ISO_8859_1));
        }
        contents.add(content);
    }

    private String identity() {
        String identity = IDENTITIES[random.nextInt(IDENTITIES.length)];
        return identity.isEmpty() ? "" : "Content-Transfer-Encoding: " + identity + "\r\n";
    }

    private byte[] content() {
        String[] pieces = switch (random.nextInt(4)) {
            case 0 -> new String[] {"plain words ", "\r\n", ".\r\n", "..\r\n", "= \r\n", "\t\r\n", "From x\r\n"};
            case 1 -> new String[] {"gr\u00c3\u00bc\u00c3\u009fe ", "\r\n", "words of ASCII, many of them ", "."};
            case 2 -> new String[] {"\0", "\r", "\n", "\r\n", "\u00ff", "abc", ".", "--", "\r\r\n", " \r"};
            default -> new String[] {"a".repeat(700), "=", " ", "\u00e9"};
        };
        StringBuilder content = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            content.append(pieces[random.nextInt(pieces.length)]);
        }
        return content.toString().getBytes(ISO_8859_1);
    }

    private void write(String text) {
        octets.writeBytes(text.getBytes(ISO_8859_1));
    }
}
