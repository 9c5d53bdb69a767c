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
package io.jamesext.dmap.submit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;

/** The fields of a message's header as their octets are, a character for each. RFC 5322 section 2.2. */
record HeaderFields(ImmutableList<Field> fields) {
    /**
     * One of them.
     *
     * @param name as it is written
     * @param octets the whole field with its line ends
     */
    record Field(String name, String octets) {
        boolean is(String wanted) {
            return Ascii.equalsIgnoreCase(name, wanted);
        }

        /** What stands behind the colon, on one line. */
        String body() {
            return octets.substring(octets.indexOf(':') + 1).replaceAll("[\r\n]+", "").strip();
        }
    }

    /** The fields up to the first empty line; a line that belongs to no field is passed over. */
    static HeaderFields read(InputStream header) throws IOException {
        String octets = new String(header.readAllBytes(), StandardCharsets.ISO_8859_1);
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (at < octets.length() && !octets.startsWith("\n", at) && !octets.startsWith("\r\n", at)) {
            int end = fieldEnd(octets, at);
            String field = octets.substring(at, end);
            int colon = field.indexOf(':');
            if (colon > 0) {
                fields.add(new Field(field.substring(0, colon).strip(), field.strip() + "\r\n"));
            }
            at = end;
        }
        return new HeaderFields(ImmutableList.copyOf(fields));
    }

    /** Behind the field and the lines that continue it. */
    private static int fieldEnd(String header, int start) {
        int at = start;
        do {
            int lineFeed = header.indexOf('\n', at);
            at = lineFeed < 0 ? header.length() : lineFeed + 1;
        } while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == '\t'));
        return at;
    }

    /** The bodies of all fields of this name. */
    List<String> bodies(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::body).toList();
    }

    /** The body of the first field of this name. */
    Optional<String> body(String name) {
        return bodies(name).stream().findFirst();
    }
}
