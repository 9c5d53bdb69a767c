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
package io.jamesext.lemonade.imap.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.jamesext.lemonade.imap.fetch.AnswerBuffer;
import io.jamesext.lemonade.imap.fetch.BodyStructure;
import io.jamesext.urlauth.Extent;
import io.jamesext.urlauth.HeaderField;
import io.jamesext.urlauth.HeaderValue;
import io.jamesext.urlauth.MimePart;

/** What has become of a part, or why nothing has. */
sealed interface Converted {
    /** Octets of memory it takes with its key, about; what is made has few and short parameters. */
    int weight();

    /** The conversion failed. */
    record Failure(ConvertError error) implements Converted {
        @Override
        public int weight() {
            return 1000;
        }
    }

    /**
     * The part as it is now.
     *
     * @param type its type, in lower case
     * @param charset that of text, else empty
     * @param fields of the part's header, which the structure tells
     * @param hasNul whether the octets are to be told as a literal8
     * @param lines a last one without an end counts
     */
    record Part(String type, String charset, byte[] octets, List<HeaderField> fields, boolean hasNul, long lines) implements Converted {
        /** What is said of the octets as they were, and is true no more. RFC 5259 section 8.2. */
        private static final Set<String> OF_OLD_OCTETS = Set.of("content-type", "content-transfer-encoding", "content-md5");

        @Override
        public int weight() {
            return 1000 + octets.length + fields.stream().mapToInt(field -> 100 + field.name().length() + field.value().length()).sum();
        }

        /** The octets are counted once, and not for each range that is asked for. */
        static Part of(String type, String charset, byte[] octets, List<HeaderField> fields) {
            boolean hasNul = false;
            long lines = octets.length == 0 || octets[octets.length - 1] == '\n' ? 0 : 1;
            for (byte octet : octets) {
                hasNul |= octet == 0;
                lines += octet == '\n' ? 1 : 0;
            }
            return new Part(type, charset, octets, fields, hasNul, lines);
        }

        /** RFC 5259 section 8.2: "the state of the part after it is converted". */
        void writeStructure(AnswerBuffer to) {
            String[] names = type.split("/", 2);
            List<HeaderValue.Parameter> parameters = charset.isEmpty() ? List.of() : List.of(new HeaderValue.Parameter("charset", charset));
            Extent extent = new Extent(0, octets.length);
            List<HeaderField> told = new ArrayList<>(fields);
            told.removeIf(field -> OF_OLD_OCTETS.contains(field.name().toLowerCase(Locale.ROOT)));
            told.add(new HeaderField("content-transfer-encoding", hasNul || !names[0].equals("text") ? "binary" : "8bit"));
            MimePart part = new MimePart(MimePart.Kind.SINGLE, new MimePart.MediaType(names[0], names[1], parameters), extent, extent,
                lines, told, List.of());
            BodyStructure.write(part, BodyStructure.Form.BODYSTRUCTURE_OF_BINARY, to);
        }
    }
}
