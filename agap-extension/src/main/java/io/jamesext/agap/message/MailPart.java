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
package io.jamesext.agap.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;

/**
 * An entity of a mail that is written. RFC 2045.
 *
 * @param headers of the entity, in their order
 * @param body what follows them, in pieces
 * @param isAscii true when there is nothing but ASCII in the body
 */
record MailPart(ImmutableList<Header> headers, ImmutableList<byte[]> body, boolean isAscii) {
    private static final String TYPE = "Content-Type";
    private static final String ENCODING = "Content-Transfer-Encoding";
    private static final String DISPOSITION = "Content-Disposition";
    private static final String PLAIN = "text/plain";
    private static final String CHARSET = "; charset=utf-8";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}");
    /** RFC 2046 section 5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile("[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]");

    /** TEXT or HTML, of this media type. */
    static MailPart text(String mediaType, String text, List<Header> given) {
        String lines = text.replace("\r\n", "\n").replace("\n", "\r\n");
        Optional<String> type = value(TYPE, given);
        boolean isAscii = StandardCharsets.US_ASCII.newEncoder().canEncode(lines);
        if (type.isEmpty() && isAscii && mediaType.equals(PLAIN)) {
            return encoded(lines.getBytes(StandardCharsets.US_ASCII), given);
        }
        Optional<ContentTypeField> fitting = type.map(MailPart::parse).filter(field -> mediaType(field).equals(mediaType));
        if (fitting.isEmpty()) {
            return encoded(lines.getBytes(StandardCharsets.UTF_8), put(TYPE, mediaType + CHARSET, given));
        }
        Optional<String> named = fitting.map(field -> field.getParameter("charset"));
        if (named.isEmpty()) {
            return encoded(lines.getBytes(StandardCharsets.UTF_8), isAscii ? given : put(TYPE, type.orElseThrow() + CHARSET, given));
        }
        return named.flatMap(charset -> in(charset, lines)).map(octets -> encoded(octets, given))
            .orElseGet(() -> encoded(lines.getBytes(StandardCharsets.UTF_8), put(TYPE, mediaType + CHARSET, given)));
    }

    /** An attachment's BODY that is written as text. */
    static MailPart textBody(String text, List<Header> given) {
        String mediaType = value(TYPE, given).map(MailPart::parse).map(MailPart::mediaType).orElse(PLAIN);
        if (mediaType.startsWith("text/")) {
            return text(mediaType, text, given);
        }
        if (!isLeaf(mediaType)) {
            return text(PLAIN, text, given);
        }
        String exact = mediaType.equals("message/rfc822") ? text.replace("\r\n", "\n").replace("\n", "\r\n") : text;
        return encoded(exact.getBytes(StandardCharsets.UTF_8), given);
    }

    /** An attachment's BODY that is written in base64. */
    static MailPart octets(byte[] octets, List<Header> given) {
        boolean isTyped = value(TYPE, given).map(MailPart::parse).map(MailPart::mediaType).filter(MailPart::isLeaf).isPresent();
        return encoded(octets, isTyped ? given : put(TYPE, "application/octet-stream", given));
    }

    /** A multipart of these parts. */
    static MailPart multipart(String subtype, List<MailPart> parts, List<Header> given) {
        String mediaType = "multipart/" + subtype;
        boolean isAscii = parts.stream().allMatch(MailPart::isAscii);
        Optional<String> boundary = value(TYPE, given).map(MailPart::parse).filter(field -> mediaType(field).equals(mediaType))
            .map(ContentTypeField::getBoundary).filter(text -> BOUNDARY.matcher(text).matches() && !occurs("--" + text, parts));
        String delimiter = boundary.orElseGet(() -> "=_" + UUID.randomUUID());
        List<Header> headers = boundary.isPresent() ? given : put(TYPE, mediaType + "; boundary=\"" + delimiter + "\"", given);
        ImmutableList.Builder<byte[]> body = ImmutableList.builder();
        parts.forEach(part -> body.add(ascii("--" + delimiter + "\r\n")).addAll(part.octets()).add(ascii("\r\n")));
        body.add(ascii("--" + delimiter + "--\r\n"));
        // RFC 2045 section 6.4: no other encoding is allowed here.
        boolean isSaid = value(ENCODING, given).map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> name.equals("8bit") || name.equals("7bit") && isAscii).isPresent();
        boolean isSilent = isAscii && value(ENCODING, given).isEmpty();
        return new MailPart(ImmutableList.copyOf(isSaid || isSilent ? headers : put(ENCODING, isAscii ? "7bit" : "8bit", headers)),
            body.build(), isAscii);
    }

    private static boolean occurs(String delimiter, List<MailPart> parts) {
        return parts.stream().flatMap(part -> part.octets().stream()).anyMatch(octets -> Bytes.indexOf(octets, ascii(delimiter)) >= 0);
    }

    /** With a transfer encoding that fits: the one that is given, if it does. */
    private static MailPart encoded(byte[] octets, List<Header> given) {
        Optional<String> said = value(ENCODING, given).map(name -> name.toLowerCase(Locale.ROOT));
        TransferEncoding encoding = said.flatMap(TransferEncoding::named).filter(named -> named.fits(octets))
            .orElseGet(() -> TransferEncoding.of(octets));
        // RFC 2045 section 6.1: 7bit is what is meant where nothing is said.
        boolean isSaid = said.map(encoding.label()::equals).orElse(encoding == TransferEncoding.SEVEN_BIT);
        byte[] written = encoding.encode(octets);
        return new MailPart(ImmutableList.copyOf(isSaid ? given : put(ENCODING, encoding.label(), given)), ImmutableList.of(written),
            encoding != TransferEncoding.EIGHT_BIT);
    }

    /** The text in a charset that can write it so that it is read again. */
    private static Optional<byte[]> in(String name, String text) {
        try {
            Charset charset = Charset.forName(name);
            return Optional.of(charset).filter(Charset::canEncode).map(text::getBytes)
                .filter(octets -> new String(octets, charset).equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** True when it is of this media type to whoever reads it. */
    boolean isOf(String mediaType) {
        return value(TYPE, headers).map(MailPart::parse).map(MailPart::mediaType).orElse(PLAIN).equals(mediaType);
    }

    /** The same, said to be an attachment: RFC 2183 section 2.2. */
    MailPart marked() {
        String said = value(DISPOSITION, headers).orElse("");
        if (said.toLowerCase(Locale.ROOT).startsWith("attachment")) {
            return this;
        }
        int parameters = said.indexOf(';');
        String marked = "attachment" + (parameters < 0 ? "" : said.substring(parameters));
        return new MailPart(ImmutableList.copyOf(put(DISPOSITION, marked, headers)), body, isAscii);
    }

    /** The same with one header more. */
    MailPart with(Header header) {
        return new MailPart(ImmutableList.<Header>builder().addAll(headers).add(header).build(), body, isAscii);
    }

    /** The entity, in pieces. */
    List<byte[]> octets() {
        List<byte[]> octets = new ArrayList<>();
        headers.forEach(header -> octets.add(header.octets()));
        octets.add(ascii("\r\n"));
        octets.addAll(body);
        return octets;
    }

    private static boolean isLeaf(String mediaType) {
        return MEDIA_TYPE.matcher(mediaType).matches() && !mediaType.startsWith("multipart/");
    }

    private static ContentTypeField parse(String value) {
        return ContentTypeFieldLenientImpl.PARSER.parse(new RawField(TYPE, value), DecodeMonitor.SILENT);
    }

    private static String mediaType(ContentTypeField field) {
        return Optional.ofNullable(field.getMimeType()).orElse("").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> value(String name, List<Header> headers) {
        return headers.stream().filter(header -> header.isNamed(name)).findFirst().map(Header::value);
    }

    /** In the place of those that have the name. */
    private static List<Header> put(String name, String value, List<Header> headers) {
        List<Header> changed = new ArrayList<>();
        Optional<Header> old = headers.stream().filter(header -> header.isNamed(name)).findFirst();
        headers.forEach(header -> {
            if (old.filter(first -> first == header).isPresent()) {
                changed.add(new Header(header.name(), value));
            } else if (!header.isNamed(name)) {
                changed.add(header);
            }
        });
        if (old.isEmpty()) {
            changed.add(new Header(name, value));
        }
        return changed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
