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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.james.mime4j.dom.address.Mailbox;

import com.google.common.hash.Hashing;

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
    /** RFC 5322 section 3.6.4; such an identifier can stand as it is. */
    private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9_=+-]+(\\.[A-Za-z0-9_=+-]+)*@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final int MAX_MESSAGE_ID = 200;

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

    /** Its header fields but those of its content. */
    public ItemEnvelope envelope() {
        return new ItemEnvelope(uid, from, subject, to);
    }

    /** Its content. */
    public ItemForm form() {
        return ItemForm.text(contentType, body);
    }

    /**
     * The message.
     *
     * @param now its Date
     */
    public byte[] octets(Instant now) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(envelope().octets(now));
        form().writeTo(message);
        return message.toByteArray();
    }
}
