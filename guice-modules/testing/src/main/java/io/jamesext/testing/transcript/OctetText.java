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
package io.jamesext.testing.transcript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Octets that are no text, as transcripts have them: each is a character of Unicode's private use area. */
public final class OctetText {
    private static final int FIRST = 0xEE00;
    private static final int LAST = FIRST + 0xFF;

    private OctetText() {
    }

    /** The octets as a text, for {@link TranscriptRunner#given}. */
    public static String of(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (byte octet : octets) {
            text.append((char) (FIRST + (octet & 0xFF)));
        }
        return text.toString();
    }

    /** Text in UTF-8, and the octets in it as they are. */
    static byte[] encode(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        text.codePoints().forEach(point -> {
            if (point >= FIRST && point <= LAST) {
                octets.write(point - FIRST);
            } else {
                octets.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return octets.toByteArray();
    }

    /** The same for a terminal, which has no signs for octets: a dot for each. */
    public static String shown(String text) {
        return text.replaceAll("[\\x{" + Integer.toHexString(FIRST) + "}-\\x{" + Integer.toHexString(LAST) + "}]", ".");
    }

    static boolean isText(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
