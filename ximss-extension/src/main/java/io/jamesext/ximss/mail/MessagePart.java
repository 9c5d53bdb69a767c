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

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

import com.google.common.io.ByteSource;

/**
 * What a part of a message holds, for who downloads it.
 *
 * @param mediaType in lower case, without parameters
 * @param charset of a text, as the sender gave it
 * @param fileName as the sender gave it
 * @param octets without the transfer encoding, read anew each time
 */
public record MessagePart(String mediaType, Optional<String> charset, Optional<String> fileName, ByteSource octets) {
    /** RFC 2045 section 5.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,64}");

    /**
     * A part, numbered as in folderRead; or the whole message. Blocks.
     *
     * @throws io.jamesext.kernel.failure.ProtocolException when there is no such part
     */
    public static MessagePart of(ByteSource message, Optional<String> partId) throws IOException {
        if (partId.isEmpty()) {
            return new MessagePart("message/rfc822", Optional.empty(), Optional.empty(), message);
        }
        StoredPart part = StoredPart.of(message, partId.get());
        Map<String, String> attributes = new MimeFields(part.fields()).attributes("", 0);
        String encoding = part.fields().stream().filter(field -> field.getName().equalsIgnoreCase("Content-Transfer-Encoding"))
            .map(field -> field.getBody().trim().toLowerCase(Locale.US)).findFirst().orElse("");
        return new MessagePart(token(attributes, "type").orElse("text") + "/" + token(attributes, "subtype").orElse("plain"),
            token(attributes, "charset"),
            Optional.ofNullable(attributes.get("Disposition-filename")).or(() -> Optional.ofNullable(attributes.get("Type-name"))),
            decoded(part.body(), encoding));
    }

    private static Optional<String> token(Map<String, String> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).filter(value -> TOKEN.matcher(value).matches());
    }

    private static ByteSource decoded(ByteSource body, String encoding) {
        return new ByteSource() {
            @Override
            public InputStream openStream() throws IOException {
                InputStream encoded = body.openStream();
                return switch (encoding) {
                    case "base64" -> new Base64InputStream(encoded);
                    case "quoted-printable" -> new QuotedPrintableInputStream(encoded);
                    default -> encoded;
                };
            }
        };
    }
}
