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

package io.jamesext.lemonade.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.util.MimeUtil;
import org.jspecify.annotations.Nullable;

import com.google.common.base.CharMatcher;

import io.jamesext.lemonade.imap.utf8.Utf8Accept;
import io.jamesext.urlauth.HeaderField;
import io.jamesext.urlauth.HeaderValue;

/**
 * Header fields in UTF-8 (RFC 6532) for clients that have not enabled UTF8=ACCEPT. RFC 6858 section 2, but that a display name stays, as an
 * encoded word (RFC 6857 section 3.1): who has an address in ASCII can be answered.
 *
 * <p>Octets of 8 bits that are not UTF-8 are in no message that RFC 6532 knows, and clients have their ways to guess what they are: they
 * stay. The characters of all values here are octets.
 */
public final class Downgrade {
    /** RFC 6858 section 2.1. */
    private static final Set<String> ADDRESSES = Set.of("bcc", "cc", "from", "reply-to", "resent-bcc", "resent-cc", "resent-from",
        "resent-sender", "resent-to", "return-path", "sender", "to");
    /** RFC 6858 section 2.1: nobody has an address in there (RFC 2606). */
    private static final String INVALID = "invalid@internationalized-address.invalid";
    private static final Set<String> WITH_PARAMETERS = Set.of("content-type", "content-disposition");
    private static final CharMatcher ASCII = CharMatcher.ascii();

    private Downgrade() {
    }

    /** The octets of a header; the same array where nothing has to be changed, as in nearly all. */
    public static byte[] header(byte[] header) {
        if (ascii(header)) {
            return header;
        }
        ByteArrayOutputStream downgraded = new ByteArrayOutputStream(header.length);
        // RFC 5322 section 2.2.3: a line that starts with white space continues the field.
        for (String field : new String(header, StandardCharsets.ISO_8859_1).split("(?<=\n)(?![ \t])", -1)) {
            byte[] octets = field.getBytes(StandardCharsets.ISO_8859_1);
            downgraded.writeBytes(ascii(octets) ? octets : field(octets));
        }
        return downgraded.toByteArray();
    }

    private static byte[] field(byte[] octets) {
        List<HeaderField> fields = HeaderField.of(octets, name -> true);
        if (fields.isEmpty() || Utf8Accept.decode(octets).isEmpty()) {
            return octets;
        }
        StringBuilder lines = new StringBuilder();
        for (HeaderField field : fields(fields)) {
            String name = new String(octets, 0, field.name().length(), StandardCharsets.US_ASCII);
            lines.append(MimeUtil.fold(name + ": " + field.value(), 0)).append("\r\n");
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Fields without those that cannot be told at all. */
    static List<HeaderField> fields(List<HeaderField> fields) {
        List<HeaderField> downgraded = new ArrayList<>(fields.size());
        for (HeaderField field : fields) {
            value(field.name(), field.value()).ifPresent(value -> downgraded.add(new HeaderField(field.name(), value)));
        }
        return downgraded;
    }

    /** The value of a field, whose name is in lower case; empty where it cannot be told. */
    static Optional<String> value(String name, String value) {
        if (!isUtf8(value)) {
            return Optional.of(value);
        }
        if (ADDRESSES.contains(name)) {
            return Optional.of(addresses(value));
        }
        if (name.equals("subject")) {
            return Optional.of(EncoderUtil.encodeIfNecessary(text(value), EncoderUtil.Usage.TEXT_TOKEN, 0));
        }
        return WITH_PARAMETERS.contains(name) ? Optional.of(parameters(HeaderValue.parse(value))).filter(ASCII::matchesAllOf)
            : Optional.empty();
    }

    /** RFC 6858 section 2.2: a parameter that cannot be told is left out. */
    static List<HeaderValue.Parameter> parameters(List<HeaderValue.Parameter> parameters) {
        return parameters.stream().filter(parameter -> !isUtf8(parameter.name()) && !isUtf8(parameter.value())).toList();
    }

    private static String parameters(HeaderValue value) {
        StringBuilder written = new StringBuilder(value.value());
        for (HeaderValue.Parameter parameter : parameters(value.parameters())) {
            written.append("; ").append(parameter.name()).append("=\"")
                .append(parameter.value().replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
        return written.toString();
    }

    private static String addresses(String value) {
        StringBuilder written = new StringBuilder();
        boolean first = true;
        for (Address address : AddressReader.read(value)) {
            if (address.equals(Address.GROUP_END)) {
                written.append(';');
                first = false;
                continue;
            }
            written.append(first ? "" : ", ");
            boolean group = address.host() == null;
            written.append(group ? phrase(address.mailbox()) + ": " : address(address));
            first = group;
        }
        return written.toString();
    }

    /** The route, which RFC 5322 section 4.4 has nobody use, goes. */
    private static String address(Address address) {
        String mailbox = address.mailbox() == null ? "" : address.mailbox();
        String host = address.host() == null ? "" : address.host();
        String whole = host.isEmpty() ? mailbox : mailbox + "@" + host;
        if (isUtf8(whole)) {
            return phrase(address.name() == null ? whole : address.name()) + " <" + INVALID + ">";
        }
        String specification = EncoderUtil.encodeAddressLocalPart(mailbox) + whole.substring(mailbox.length());
        return address.name() == null ? specification : phrase(address.name()) + " <" + specification + ">";
    }

    private static String phrase(@Nullable String name) {
        return name == null ? "" : EncoderUtil.encodeAddressDisplayName(text(name));
    }

    private static String text(String octets) {
        return Utf8Accept.decode(octets.getBytes(StandardCharsets.ISO_8859_1)).orElse(octets);
    }

    private static boolean isUtf8(String octets) {
        return !ASCII.matchesAllOf(octets) && Utf8Accept.decode(octets.getBytes(StandardCharsets.ISO_8859_1)).isPresent();
    }

    static boolean ascii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }
}
