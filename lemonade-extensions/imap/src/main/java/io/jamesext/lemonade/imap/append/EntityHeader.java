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

package io.jamesext.lemonade.imap.append;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;

/** What the header of a message or part says of its body, and where. RFC 2045 sections 5 and 6. */
final class EntityHeader {
    /** A field with its place in the header. */
    private record Field(String name, String value, int start, int end) {
    }

    private static final String TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";

    private final byte[] octets;
    private final List<Field> fields = new ArrayList<>();

    EntityHeader(byte[] octets) {
        this.octets = octets;
        for (int start = 0; start < octets.length && !isLineEnd(start);) {
            int end = fieldEnd(start);
            String text = new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
            int colon = text.indexOf(':');
            if (colon > 0) {
                String name = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.add(new Field(name, text.substring(colon + 1).strip(), start, end));
            }
            start = end;
        }
    }

    boolean hasNul() {
        for (byte octet : octets) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }

    boolean has(String name) {
        return field(name).isPresent();
    }

    /** The media type without parameters, in lower case. */
    Optional<String> mediaType() {
        return type().map(body -> body.getValue().strip().toLowerCase(Locale.ROOT));
    }

    Optional<String> boundary() {
        return type().stream().flatMap(body -> body.getParams().stream())
            .filter(parameter -> parameter.getName().equalsIgnoreCase("boundary"))
            .map(NameValuePair::getValue)
            .filter(value -> value != null && !value.isEmpty())
            .findFirst();
    }

    /** The transfer encoding in lower case; 7bit where none is given. RFC 2045 section 6.1. */
    String encoding() {
        return field(ENCODING)
            .map(field -> field.value().replaceAll("[;(\\s].*", "").toLowerCase(Locale.ROOT))
            .filter(encoding -> !encoding.isEmpty())
            .orElse("7bit");
    }

    /** What gives the header, which starts at {@code offset}, another transfer encoding. */
    List<Edit> withEncoding(String encoding, long offset) {
        byte[] line = ("Content-Transfer-Encoding: " + encoding + "\r\n").getBytes(StandardCharsets.US_ASCII);
        List<Edit> edits = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equals(ENCODING)) {
                edits.add(new Edit.Replace(offset + field.start(), offset + field.end(), edits.isEmpty() ? line : new byte[0]));
            }
        }
        return edits.isEmpty() ? List.of(insertion(line, offset)) : edits;
    }

    /** What puts a field in front. */
    static Edit insertion(byte[] line, long offset) {
        return new Edit.Replace(offset, offset, line);
    }

    private Optional<RawBody> type() {
        return field(TYPE).map(field -> RawFieldParser.DEFAULT.parseRawBody(new RawField("Content-Type", unfolded(field.value()))));
    }

    private static String unfolded(String value) {
        return value.replaceAll("\r?\n", "");
    }

    private Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private boolean isLineEnd(int at) {
        return octets[at] == '\n' || octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n';
    }

    private int fieldEnd(int start) {
        int at = start;
        do {
            while (at < octets.length && octets[at] != '\n') {
                at++;
            }
            at = Math.min(at + 1, octets.length);
            // RFC 5322 section 2.2.3: a line that starts with white space continues the field.
        } while (at < octets.length && (octets[at] == ' ' || octets[at] == '\t'));
        return at;
    }
}
