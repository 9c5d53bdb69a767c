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

package io.jamesext.urlauth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Picks fields out of the octets of a header, folded lines and all. RFC 3501 section 6.4.5, HEADER.FIELDS. */
final class HeaderFields {
    private HeaderFields() {
    }

    /**
     * The fields with (or without) one of the names, in the order of the header, and the empty line behind them where the header has one.
     */
    static byte[] select(byte[] header, List<String> names, boolean matching) {
        List<String> wanted = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        ByteArrayOutputStream selected = new ByteArrayOutputStream();
        int start = 0;
        while (start < header.length && !emptyLine(header, start)) {
            int end = fieldEnd(header, start);
            if (wanted.contains(name(header, start, end)) == matching) {
                selected.write(header, start, end - start);
            }
            start = end;
        }
        // RFC 3501 section 6.4.5: the empty line is in all header fetches, except where the message has none.
        selected.write(header, start, header.length - start);
        return selected.toByteArray();
    }

    static boolean emptyLine(byte[] header, int at) {
        return header[at] == '\n' || header[at] == '\r' && at + 1 < header.length && header[at + 1] == '\n';
    }

    static int fieldEnd(byte[] header, int start) {
        int at = start;
        do {
            while (at < header.length && header[at] != '\n') {
                at++;
            }
            at = Math.min(at + 1, header.length);
            // RFC 5322 section 2.2.3: a line that starts with white space continues the field.
        } while (at < header.length && (header[at] == ' ' || header[at] == '\t'));
        return at;
    }

    static String characters(byte[] header, int start, int end) {
        return new String(header, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static String name(byte[] header, int start, int end) {
        int at = start;
        while (at < end && header[at] != ':') {
            at++;
        }
        return characters(header, start, at).trim().toLowerCase(Locale.ROOT);
    }
}
