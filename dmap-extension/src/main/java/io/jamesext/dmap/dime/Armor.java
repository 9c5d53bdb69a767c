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
package io.jamesext.dmap.dime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Objects as text, for files and mails: base64 in lines of 64 characters between a BEGIN and an END line that name the type, and
 * before the END line {@code =} with the base64 of a CRC-24 (RFC 4880 section 6.1) over the object's octets.
 */
public final class Armor {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int COLUMNS = 64;

    private Armor() {
    }

    /** The object as text, lines ended by a line feed. SYNTAX if it is no DIME object. */
    public static String encode(byte[] object) {
        String label = DimeObject.typeOf(object).label();
        String data = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(object);
        return BEGIN + label + DASHES + "\n" + data + "\n" + checksumLine(object) + "\n" + END + label + DASHES + "\n";
    }

    /**
     * The object of a text. Lines may end in CRLF, and white space may stand around the whole. SYNTAX if a line is missing, if the
     * checksum is not that of the data, or if the label is not that of the object's type.
     *
     * @param maxBytes the longest object to accept
     */
    public static byte[] decode(String text, int maxBytes) {
        // Base64 takes four characters for three octets, and line ends at most two more for every one; the rest is the lines around.
        if (text.length() > 4L * maxBytes + 1024) {
            throw new ProtocolException(Failure.TOO_BIG, "the object is longer than " + maxBytes + " octets");
        }
        List<String> lines = text.strip().lines().toList();
        if (lines.size() < 4 || !lines.get(0).startsWith(BEGIN) || !lines.get(0).endsWith(DASHES)
            || lines.get(0).length() < BEGIN.length() + DASHES.length()) {
            throw malformed("the first line is no BEGIN line, or lines are missing");
        }
        String label = lines.get(0).substring(BEGIN.length(), lines.get(0).length() - DASHES.length());
        if (!lines.get(lines.size() - 1).equals(END + label + DASHES)) {
            throw malformed("the last line is not the END line of the first");
        }
        byte[] object = octets(String.join("", lines.subList(1, lines.size() - 2)));
        if (!lines.get(lines.size() - 2).equals(checksumLine(object))) {
            throw malformed("the checksum is not that of the data");
        }
        if (object.length > maxBytes) {
            throw new ProtocolException(Failure.TOO_BIG, "the object is longer than " + maxBytes + " octets");
        }
        if (ObjectType.ofLabel(label).filter(DimeObject.typeOf(object)::equals).isEmpty()) {
            throw malformed("the BEGIN line is not that of this type of object");
        }
        return object;
    }

    /** RFC 4880 section 6.1. */
    static int crc24(byte[] octets) {
        int crc = 0xB704CE;
        for (byte octet : octets) {
            crc ^= (octet & 0xFF) << 16;
            for (int bit = 0; bit < 8; bit++) {
                crc <<= 1;
                if ((crc & 0x1000000) != 0) {
                    crc ^= 0x1864CFB;
                }
            }
        }
        return crc;
    }

    private static String checksumLine(byte[] object) {
        return "=" + Base64.getEncoder().encodeToString(new OctetWriter().number(crc24(object), 3).toBytes());
    }

    private static byte[] octets(String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
            // The JDK's decoder lets unused bits pass, so several texts would be one object.
            if (Arrays.equals(Base64.getEncoder().encode(octets), base64.getBytes(StandardCharsets.US_ASCII))) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw malformed("the data is not base64");
    }

    private static ProtocolException malformed(String cause) {
        return new ProtocolException(Failure.SYNTAX, "not an armoured DIME object: " + cause);
    }
}
