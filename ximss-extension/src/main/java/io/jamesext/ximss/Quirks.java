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
package io.jamesext.ximss;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** Where clients, or the examples they were written from, differ from the specification's prose. */
public final class Quirks {
    /** What base64 has for three octets. */
    private static final int GROUP = 4;

    private Quirks() {
    }

    /** "Mailbox Operations", example 3, closes a folder by closeMailbox, an operation that nothing describes. */
    static String verb(String name) {
        return name.equals("closeMailbox") ? "folderClose" : name;
    }

    /**
     * Reads SASL data. cgpClient, a library for Flash, sends the name and the digest of CRAM-MD5 each in base64 of its own, so that
     * padding may stand in the middle: every four characters are read for themselves.
     *
     * @throws IllegalArgumentException when it is no base64
     */
    public static byte[] base64(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i += GROUP) {
            octets.writeBytes(Base64.getDecoder().decode(text.substring(i, Math.min(i + GROUP, text.length()))));
        }
        return octets.toByteArray();
    }
}
