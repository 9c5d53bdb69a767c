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
package io.jamesext.groupware.item;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import org.apache.james.mime4j.util.MimeUtil;

import com.google.common.io.ByteSource;
import com.google.common.io.ByteStreams;

/**
 * One form of an item: a MIME entity, which is all of its message or a part of it.
 *
 * @param fields the header fields of the entity, each with its CRLF; no transfer encoding
 * @param content what it holds
 * @param isText true for lines that end with CRLF, which stay readable where they can
 */
public record ItemForm(String fields, ByteSource content, boolean isText) {
    /** With the carriage return. */
    private static final int MAX_LINE = 999;
    private static final int MAX_NAME = 100;
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}/\\\\]");
    private static final Pattern UNQUOTABLE = Pattern.compile("[^ -~]|[\"\\\\%]");

    /**
     * A text.
     *
     * @param contentType with its parameters; the charset is UTF-8
     * @param body lines with CRLF at the end of each
     */
    public static ItemForm text(String contentType, String body) {
        return new ItemForm(field("Content-Type", contentType), ByteSource.wrap(body.getBytes(StandardCharsets.UTF_8)), true);
    }

    /**
     * A file of any octets.
     *
     * @param name any text; what cannot be in the name of a file is left out
     */
    public static ItemForm file(String name, ByteSource content) {
        String safe = UNSAFE.matcher(name).replaceAll("_").strip();
        String cut = safe.codePointCount(0, safe.length()) <= MAX_NAME ? safe : safe.substring(0, safe.offsetByCodePoints(0, MAX_NAME));
        // Not both ways: mime4j, which James reads messages with, would put the two together.
        String parameter = UNQUOTABLE.matcher(cut).find() ? "filename*=UTF-8''" + encoded(cut) : "filename=\"" + cut + "\"";
        return new ItemForm(field("Content-Type", "application/octet-stream") + field("Content-Disposition", "attachment; " + parameter),
            content, false);
    }

    private static String field(String name, String body) {
        return MimeUtil.fold(name + ": " + body, 0) + "\r\n";
    }

    /** RFC 2231 section 4. */
    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
            encoded.append(isPlain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }

    /** Writes the entity. */
    void writeTo(ByteArrayOutputStream out) {
        try {
            if (isText) {
                byte[] octets = content.read();
                String encoding = encoding(octets);
                out.writeBytes(head(encoding));
                out.writeBytes(encoding.equals("quoted-printable") ? QuotedPrintable.encode(octets) : octets);
            } else {
                out.writeBytes(head("base64"));
                base64(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] head(String encoding) {
        return (fields + field("Content-Transfer-Encoding", encoding) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** From the source straight to the message, so that the octets of a large file are not held beside it. */
    private void base64(ByteArrayOutputStream out) throws IOException {
        // To close a stream of an array means nothing, and only a closed encoder has written all.
        try (InputStream in = content.openStream(); OutputStream encoder = Base64.getMimeEncoder().wrap(out)) {
            ByteStreams.copy(in, encoder);
        }
    }

    /** RFC 5322 section 2.1.1. A folded vCard has a long line too where it cannot be folded, in many spaces. */
    private static String encoding(byte[] octets) {
        int length = 0;
        boolean isAscii = true;
        for (byte octet : octets) {
            isAscii &= octet >= 0;
            length = octet == '\n' ? 0 : length + 1;
            if (length > MAX_LINE) {
                return "quoted-printable";
            }
        }
        return isAscii ? "7bit" : "8bit";
    }
}
