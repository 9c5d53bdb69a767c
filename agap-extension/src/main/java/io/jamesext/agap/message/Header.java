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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.apache.james.mime4j.stream.Field;

import com.google.common.base.CharMatcher;

/**
 * A header field as it is in the message: AGAP section 2.11.8, encoded words stay what they are.
 *
 * @param name in the message's case
 * @param value unfolded, without blanks at its ends
 */
public record Header(String name, String value) {
    /** RFC 5322 section 2.1.1. */
    private static final int MAX_LINE = 78;
    private static final CharMatcher LINE_ENDS = CharMatcher.anyOf("\r\n");

    static Header of(Field field) {
        String raw = text(field.getRaw().toByteArray());
        String body = raw.substring(raw.indexOf(':') + 1);
        // Stray ends of lines go too, as in what James searches.
        return new Header(field.getName(), LINE_ENDS.removeFrom(body).strip());
    }

    /** True for the header of this name, in either case. */
    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** The field with its CRLF, folded before blanks: RFC 5322 section 2.2.3. What is longer than that allows has no blank. */
    byte[] octets() {
        StringBuilder field = new StringBuilder(name).append(':');
        int length = field.length();
        boolean isFirst = true;
        for (String word : XmlText.words(" " + value)) {
            // The first word stays on the line of the name: a line of nothing but the name would be taken for one without a value.
            if (!isFirst && length + word.length() > MAX_LINE) {
                field.append("\r\n");
                length = 0;
            }
            field.append(word);
            length += word.length();
            isFirst = false;
        }
        return field.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 6532: UTF-8; older mail has any other octets, which Latin-1 keeps. */
    private static String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
