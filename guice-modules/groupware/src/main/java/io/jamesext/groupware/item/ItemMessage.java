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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.MimeUtil;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;

/**
 * An item as an RFC 5322 message, which IMAP users see as any other: its interchange form is the body, its identifier the Message-ID,
 * and the fields that lists show and searches look at are short.
 *
 * @param uid the item's identifier, any text
 * @param from whose item it is, an e-mail address
 * @param subject what people call it; cut when it is long
 * @param to the To field
 * @param contentType the body's Content-Type, with its parameters; the charset is UTF-8
 * @param body lines with CRLF at the end of each
 */
public record ItemMessage(String uid, String from, String subject, To to, String contentType, String body) {
    private static final int MAX_SUBJECT = 200;
    /** With the carriage return. */
    private static final int MAX_LINE = 999;
    /** RFC 5322 section 3.6.4; such an identifier can stand as it is. */
    private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9_=+-]+(\\.[A-Za-z0-9_=+-]+)*@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final int MAX_MESSAGE_ID = 200;
    private static final Pattern CONTROLS = Pattern.compile("[\\s\\p{Cntrl}]+");

    /** What stands in the To field: addresses, or one word that says what the item is; nothing when both are empty. */
    public record To(List<Mailbox> addresses, String word) {
        /** Addresses. */
        public static To addresses(List<Mailbox> addresses) {
            return new To(List.copyOf(addresses), "");
        }

        /** A word of ASCII letters. */
        public static To word(String word) {
            return new To(List.of(), word);
        }
    }

    /**
     * The Message-ID of an item's identifier, with its brackets: the same for the same identifier, always.
     *
     * @param uid any text
     */
    public static String messageId(String uid) {
        if (uid.length() > MAX_MESSAGE_ID) {
            return "<" + Hashing.sha256().hashString(uid, StandardCharsets.UTF_8) + "@item>";
        }
        if (MESSAGE_ID.matcher(uid).matches()) {
            return "<" + uid + ">";
        }
        StringBuilder encoded = new StringBuilder("<");
        for (byte octet : uid.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            encoded.append(isPlain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.append("@item>").toString();
    }

    /**
     * The message.
     *
     * @param now its Date
     */
    public byte[] octets(Instant now) {
        List<Field> fields = new ArrayList<>();
        fields.add(new RawField("From", from));
        fields.add(new RawField("Subject", EncoderUtil.encodeIfNecessary(shortened(), EncoderUtil.Usage.TEXT_TOKEN, "Subject: ".length())));
        if (!to.addresses.isEmpty()) {
            fields.add(Fields.addressList("To", to.addresses));
        } else if (!to.word.isEmpty()) {
            fields.add(new RawField("To", to.word));
        }
        fields.add(Fields.date("Date", Date.from(now), TimeZone.getTimeZone("UTC")));
        fields.add(new RawField("Message-ID", messageId(uid)));
        fields.add(new RawField("MIME-Version", "1.0"));
        fields.add(new RawField("Content-Type", contentType));
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        String encoding = hasLongLine(octets) ? "quoted-printable" : octets.length == body.length() ? "7bit" : "8bit";
        fields.add(new RawField("Content-Transfer-Encoding", encoding));
        StringBuilder message = new StringBuilder();
        // Not by mime4j's writer, which takes the low octet of each character (see XIMSS's Utf8Writer): RFC 6532 has UTF-8.
        fields.forEach(field -> message.append(MimeUtil.fold(field.getName() + ": " + field.getBody(), 0)).append("\r\n"));
        byte[] header = message.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        return Bytes.concat(header, encoding.equals("quoted-printable") ? quotedPrintable(octets) : octets);
    }

    /** RFC 5322 section 2.1.1. A folded vCard has one too where it cannot be folded, in many spaces. */
    private static boolean hasLongLine(byte[] octets) {
        int length = 0;
        for (byte octet : octets) {
            length = octet == '\n' ? 0 : length + 1;
            if (length > MAX_LINE) {
                return true;
            }
        }
        return false;
    }

    private static byte[] quotedPrintable(byte[] octets) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try {
            EncoderUtil.encodeQ(new ByteArrayInputStream(octets), encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }

    private String shortened() {
        String line = CONTROLS.matcher(subject).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= MAX_SUBJECT ? line : line.substring(0, line.offsetByCodePoints(0, MAX_SUBJECT));
    }
}
