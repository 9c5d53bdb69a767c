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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;

import com.google.common.primitives.Bytes;

import io.jamesext.agap.item.XmlElement;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Makes a mail of a MESSAGE. AGAP section 2.11.8: its header fields as they are given, TEXT and HTML as {@code multipart/alternative}, and
 * attachments beside them in {@code multipart/mixed}. What the fields say of content, transfer encoding and boundary holds where the
 * content fits it; otherwise it is put right, and what mail needs is added. {@link Message} reads the same texts and attachments back.
 */
public final class MailWriter {
    private static final String HEADER = "HEADER";
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-F]{4})_");
    private static final int HEX = 16;
    /** RFC 5322 section 3.6.8; RETR leaves out longer ones. */
    private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,200}");
    /** How RETR breaks a long value: before a blank. */
    private static final Pattern FOLD = Pattern.compile("\n(?=[ \t])");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\t]]+");

    private MailWriter() {
    }

    /**
     * The octets of the mail.
     *
     * @param message whose structure is that of the draft
     * @throws ProtocolException when a header cannot have its name
     */
    public static byte[] write(XmlElement message) {
        List<Header> given = headers(message);
        Optional<XmlElement> text = message.first("TEXT");
        Optional<XmlElement> html = message.first("HTML");
        List<XmlElement> attachments = message.children().stream().filter(child -> child.name().startsWith("ATTACHMENT-")).toList();
        MailPart root;
        if (attachments.isEmpty()) {
            root = texts(text, html, given).orElseGet(() -> MailPart.text("text/plain", "", given));
        } else {
            List<MailPart> parts = new ArrayList<>();
            texts(text, html, List.of()).ifPresent(parts::add);
            attachments.forEach(attachment -> parts.add(attachment(attachment, text.isPresent(), html.isPresent())));
            root = MailPart.multipart("mixed", parts, given);
        }
        return Bytes.concat(withVersion(root).octets().toArray(byte[][]::new));
    }

    private static Optional<MailPart> texts(Optional<XmlElement> text, Optional<XmlElement> html, List<Header> given) {
        boolean both = text.isPresent() && html.isPresent();
        List<Header> own = both ? List.of() : given;
        Optional<MailPart> plain = text.flatMap(XmlElement::decoded).map(content -> MailPart.text("text/plain", content, own));
        Optional<MailPart> rich = html.flatMap(XmlElement::decoded).map(content -> MailPart.text("text/html", content, own));
        return both
            ? Optional.of(MailPart.multipart("alternative", List.of(plain.orElseThrow(), rich.orElseThrow()), given))
            : plain.or(() -> rich);
    }

    /** An attachment; one that would be read as the TEXT or HTML that there is not is marked as what it is (RFC 2183). */
    private static MailPart attachment(XmlElement attachment, boolean hasText, boolean hasHtml) {
        XmlElement body = attachment.first("BODY").orElseThrow();
        List<Header> given = headers(attachment);
        MailPart part = body.isBase64() ? MailPart.octets(body.octets(), given) : MailPart.textBody(body.text(), given);
        boolean isMistakable = part.isOf("text/plain") && !hasText || part.isOf("text/html") && !hasHtml;
        return isMistakable ? part.marked() : part;
    }

    private static List<Header> headers(XmlElement entity) {
        List<Header> headers = new ArrayList<>();
        entity.first(HEADER).stream().flatMap(header -> header.children().stream()).forEach(field ->
            (field.isLeaf() ? List.of(field) : field.children())
                .forEach(value -> headers.add(readable(new Header(name(field.name()), value(value.decoded().orElse("")))))));
        return headers;
    }

    /** James reads the name of a file when it stores a message, and breaks down at octets of RFC 2231 section 4 that are none. */
    private static Header readable(Header header) {
        if (header.isNamed("Content-Disposition")) {
            try {
                ContentDispositionFieldLenientImpl.PARSER.parse(new RawField(header.name(), header.value()), DecodeMonitor.SILENT)
                    .getFilename();
            } catch (IllegalArgumentException e) {
                throw new ProtocolException(Failure.SYNTAX, "Cannot store it, its Content-Disposition cannot be read");
            }
        }
        return header;
    }

    /** The opposite of {@link XmlText#name}. */
    private static String name(String tag) {
        String name = ESCAPED.matcher(tag)
            .replaceAll(escaped -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), HEX))));
        if (!NAME.matcher(name).matches()) {
            throw new ProtocolException(Failure.SYNTAX, "Cannot store it, a header cannot have such a name");
        }
        return name;
    }

    /** On one line, so that nothing in it can begin a header of its own. */
    private static String value(String text) {
        return CONTROLS.matcher(FOLD.matcher(text.replace("\r\n", "\n").strip()).replaceAll("")).replaceAll(" ").strip();
    }

    /** RFC 2045 section 4. */
    private static MailPart withVersion(MailPart root) {
        boolean isMime = root.headers().stream()
            .anyMatch(header -> header.isNamed("Content-Type") || header.isNamed("Content-Transfer-Encoding"));
        boolean saysSo = root.headers().stream().anyMatch(header -> header.isNamed("MIME-Version"));
        return isMime && !saysSo ? root.with(new Header("MIME-Version", "1.0")) : root;
    }
}
