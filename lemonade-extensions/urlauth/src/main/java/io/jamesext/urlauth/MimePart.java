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
import java.util.stream.Stream;

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
    private static final String ENCODING = "content-transfer-encoding";
    /** Of octets that no header describes: nobody has promised less of them. */
    private static final List<HeaderField> EIGHT_BITS = List.of(new HeaderField(ENCODING, "8bit"));

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
        static final MediaType HEADERS = new MediaType("text", "rfc822-headers", List.of());

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

    /** A whole message as the message/rfc822 that its octets are. */
    static MimePart ofMessage(MimePart message, TransferDecoding.Size size) {
        return new MimePart(Kind.MESSAGE, MediaType.MESSAGE, message.header(), new Extent(0, size.bytes()), size.lines(), EIGHT_BITS,
            List.of(message));
    }

    /** A header alone. RFC 3462 section 2. */
    static MimePart ofHeader(TransferDecoding.Size size) {
        Extent header = new Extent(0, size.bytes());
        return new MimePart(Kind.SINGLE, MediaType.HEADERS, header, header, size.lines(), EIGHT_BITS, List.of());
    }

    /** This part as its body is without a transfer encoding. RFC 5524 section 3.2: "an identity encoding". */
    MimePart decoded(TransferDecoding.Size size) {
        List<HeaderField> identity = Stream.concat(Stream.of(new HeaderField(ENCODING, "binary")),
            fields.stream().filter(field -> !field.name().equals(ENCODING))).toList();
        return new MimePart(kind, type, header, new Extent(body.start(), body.start() + size.bytes()), size.lines(), identity, children);
    }

    /** The value of the first field with this name, in lower case. */
    public Optional<String> field(String name) {
        return HeaderField.first(fields, name);
    }

    /** The Content-Transfer-Encoding in lower case; RFC 2045 section 6.1: 7bit where there is none. */
    public String encoding() {
        String value = field(ENCODING).map(field -> HeaderValue.parse(field).value()).orElse("");
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
