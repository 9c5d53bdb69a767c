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
package io.jamesext.ximss.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.CharsetUtil;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;

/** What a part's own header says about its body, as the attributes of a MIME element. */
final class MimeFields {
    /** RFC 8551 section 3.5.3.2 has the first; the text and old mail have the second. */
    private static final Set<String> SIGNATURES = Set.of("application/pkcs7-signature", "application/x-pkcs7-signature");
    private static final Set<String> SECURE = Set.of("application/pkcs7-mime", "application/x-pkcs7-mime");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    private final List<Field> others;
    private final Optional<ContentTypeField> type;
    private final Optional<ContentDispositionField> disposition;

    MimeFields(List<Field> fields) {
        this.others = fields.stream().filter(field -> !isMime(field)).collect(ImmutableList.toImmutableList());
        this.type = first(fields, "Content-Type").map(field -> ContentTypeFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT))
            .filter(field -> isReadable(field::getParameters));
        this.disposition = first(fields, "Content-Disposition")
            .map(field -> ContentDispositionFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT))
            .filter(field -> isReadable(field::getParameters));
    }

    /** The fields that describe the message and not its body. */
    List<Field> others() {
        return others;
    }

    /** RFC 2045 section 5.2: no type means text/plain. Delivery and disposition reports are text that people read too. */
    boolean isText() {
        return mediaType().equals("text") || mediaType().equals("message") && !subType().equals("rfc822");
    }

    /** True of a text whose words stand among tags. */
    boolean isHtml() {
        return mediaType().equals("text") && subType().equals("html");
    }

    /** XIMSS, "Contacts Operations": true for a part that is made of cards. RFC 2425 section 2: text/directory can hold other things. */
    boolean holdsCards() {
        return mediaType().equals("text") && CardElements.isSubtype(subType())
            && type.map(field -> field.getParameter("profile")).map(profile -> Ascii.equalsIgnoreCase(profile, "vcard")).orElse(true);
    }

    /** A multipart whose parts say the same in several ways: RFC 2046 section 5.1.4. */
    boolean isAlternative() {
        return fullType().equals("multipart/alternative");
    }

    /** A multipart with a part and its signature: RFC 8551 section 3.5.3. */
    boolean isSigned() {
        return fullType().equals("multipart/signed") && type.map(field -> field.getParameter("protocol"))
            .filter(protocol -> SIGNATURES.contains(protocol.toLowerCase(Locale.US))).isPresent();
    }

    /** The signature in such a multipart. */
    boolean isSignature() {
        return SIGNATURES.contains(fullType());
    }

    /** What is encrypted, or signed with its signature around it: RFC 8551 section 3.2. */
    boolean isSecure() {
        return SECURE.contains(fullType());
    }

    /**
     * The attributes, as the examples of "Secure Messaging" show them.
     *
     * @param bytes the decoded size; for several parts together, their sum, so it is an estimate
     */
    Map<String, String> attributes(String partId, long bytes) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("type", mediaType());
        attributes.put("subtype", subType());
        charset().ifPresent(charset -> attributes.put("charset", charset));
        attributes.put("estimatedSize", Long.toString(bytes));
        if (!partId.isEmpty()) {
            attributes.put("partID", partId);
        }
        disposition.map(ContentDispositionField::getDispositionType).filter(value -> !value.isEmpty())
            .ifPresent(value -> attributes.put("disposition", value.toLowerCase(Locale.US)));
        disposition.ifPresent(field -> parameters("Disposition-", field.getParameters(), attributes));
        type.ifPresent(field -> parameters("Type-", field.getParameters(), attributes));
        attributes.remove("Type-charset");
        attributes.remove("Type-boundary");
        return attributes;
    }

    /** The text of a body: in its charset, or in what it most likely is, with line feeds as line ends. */
    String decode(byte[] body) {
        Charset charset = charset().map(CharsetUtil::lookup).orElse(StandardCharsets.UTF_8);
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            text = new String(body, charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)
                ? FALLBACK : charset);
        }
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The lenient parser still throws at broken escapes of RFC 2231; such a field is as good as none. */
    private static boolean isReadable(Supplier<Map<String, String>> parse) {
        try {
            return parse.get() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<String> charset() {
        return type.filter(field -> isText()).map(ContentTypeField::getCharset).filter(charset -> !charset.isEmpty());
    }

    private String fullType() {
        return mediaType() + "/" + subType();
    }

    private String mediaType() {
        return type.map(ContentTypeField::getMediaType).filter(value -> !value.isEmpty()).orElse("text").toLowerCase(Locale.US);
    }

    private String subType() {
        return type.map(ContentTypeField::getSubType).filter(value -> !value.isEmpty()).orElse("plain").toLowerCase(Locale.US);
    }

    private static void parameters(String prefix, Map<String, String> parameters, Map<String, String> attributes) {
        parameters.forEach((name, value) -> {
            // The lenient parser gives null for a value that it cannot decode.
            if (value != null && NAME.matcher(name).matches()) {
                attributes.put(prefix + name, EncodedWords.decode(value));
            }
        });
    }

    private static boolean isMime(Field field) {
        String name = field.getName().toLowerCase(Locale.US);
        return name.startsWith("content-") || name.equals("mime-version");
    }

    private static Optional<Field> first(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.getName().equalsIgnoreCase(name)).findFirst();
    }
}
