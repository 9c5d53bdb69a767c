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

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message or a part of one: where its octets stand, and what its header says of it. It holds no content, so that it can be kept.
 *
 * @param header the extent of its header, with the empty line
 * @param body the extent of what follows
 * @param lines lines of the body; a last one without an end counts
 * @param fields those of the header that RFC 3501 tells in BODYSTRUCTURE, and in ENVELOPE where the part is a message
 * @param children the parts of a multipart, or the one message that a message/rfc822 is
 */
public record MimePart(Kind kind, MediaType type, Extent header, Extent body, long lines, List<HeaderField> fields,
                       List<MimePart> children) {
    /** What a body is made of. */
    public enum Kind {
        SINGLE, MULTIPART, MESSAGE
    }

    /** The type of a body, with the default filled in. RFC 2045 section 5.2, RFC 2046 section 5.1.5. */
    public record MediaType(String type, String subtype, List<HeaderValue.Parameter> parameters) {
        /** RFC 2045 section 5.2: also what a type that cannot be read stands for. */
        public static final MediaType PLAIN_TEXT = new MediaType("text", "plain",
            List.of(new HeaderValue.Parameter("charset", "us-ascii")));
        static final MediaType MESSAGE = new MediaType("message", "rfc822", List.of());

        static Optional<MediaType> parse(String field) {
            HeaderValue value = HeaderValue.parse(field);
            int slash = value.value().indexOf('/');
            String type = slash < 0 ? "" : value.value().substring(0, slash).trim();
            String subtype = slash < 0 ? "" : value.value().substring(slash + 1).trim();
            return token(type) && token(subtype) ? Optional.of(new MediaType(type, subtype, value.parameters())) : Optional.empty();
        }

        /** Whether it is this type, whatever its case. */
        public boolean is(String other) {
            return type.equalsIgnoreCase(other);
        }

        boolean isMessage() {
            return is("message") && subtype.equalsIgnoreCase("rfc822");
        }

        private static boolean token(String text) {
            return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
        }
    }

    public MimePart {
        fields = List.copyOf(fields);
        children = List.copyOf(children);
    }

    /** The value of the first field with this name, in lower case. */
    public Optional<String> field(String name) {
        return HeaderField.first(fields, name);
    }

    /** The Content-Transfer-Encoding in lower case; RFC 2045 section 6.1: 7bit where there is none. */
    public String encoding() {
        String value = field("content-transfer-encoding").map(field -> HeaderValue.parse(field).value()).orElse("");
        return value.isEmpty() ? "7bit" : value.toLowerCase(Locale.ROOT);
    }

    /** Octets of memory it takes, about. */
    int weight() {
        int weight = 300;
        for (HeaderField field : fields) {
            weight += 120 + field.value().length();
        }
        for (MimePart child : children) {
            weight += child.weight();
        }
        return weight;
    }
}
