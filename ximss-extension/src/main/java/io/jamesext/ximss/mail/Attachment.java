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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

import com.google.common.base.CharMatcher;
import com.google.common.net.UrlEscapers;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.upload.UploadedFile;
import io.jamesext.ximss.xml.Element;

/** The header fields of parts that a MIME element takes from a file. XIMSS, "Message Operations", messageAppend. */
final class Attachment {
    private Attachment() {
    }

    /** Of an uploaded file: what the element does not say is as the upload had it. */
    static List<Field> fields(Element mime, UploadedFile file) {
        Map<String, String> uploaded = new MimeFields(List.of(new RawField("Content-Type", ComposedFields.oneLine(file.contentType()))))
            .attributes("", 0);
        String type = token(mime.attribute("type").orElseGet(() -> uploaded.getOrDefault("type", "application")));
        String subtype = token(mime.attribute("subtype").orElseGet(() -> uploaded.getOrDefault("subtype", "octet-stream")));
        Optional<String> charset = mime.attribute("charset").or(() -> Optional.ofNullable(uploaded.get("charset")))
            .filter(value -> type.equals("text")).map(Attachment::token);
        Optional<String> name = mime.attribute("disposition-filename").or(file::name).map(ComposedFields::oneLine);
        return fields(mime, type, subtype, charset, name);
    }

    /**
     * Of a file of the user's storage. The text: type, subtype, and of text the charset, are told by the element, and so is the name, if
     * there is to be one.
     */
    static List<Field> fields(Element mime) {
        String type = token(mime.required("type"));
        Optional<String> charset = type.equals("text") ? Optional.of(token(mime.required("charset"))) : Optional.empty();
        return fields(mime, type, token(mime.required("subtype")), charset,
            mime.attribute("disposition-filename").map(ComposedFields::oneLine));
    }

    private static List<Field> fields(Element mime, String type, String subtype, Optional<String> charset, Optional<String> name) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String disposition = mime.attribute("disposition").map(ComposedFields::oneLine).orElse("attachment");
        boolean isNamed = !disposition.equals("none");
        charset.ifPresent(value -> parameters.put("charset", value));
        name.filter(value -> isNamed && CharMatcher.ascii().matchesAllOf(value)).ifPresent(value -> parameters.put("name", value));
        // RFC 2046 section 5.2.1 and RFC 2045 section 6.4: these two are never encoded in base64, and a file need not be what it says.
        boolean isOpaque = type.equals("multipart") || type.equals("message");
        List<Field> fields = new ArrayList<>(List.of(
            Fields.contentType(isOpaque ? "application/octet-stream" : type + "/" + subtype, parameters),
            Fields.contentTransferEncoding("base64")));
        if (isNamed) {
            fields.add(disposition(token(disposition), name));
        }
        return fields;
    }

    /** Content-Disposition. */
    static Field disposition(String type, Optional<String> fileName) {
        if (fileName.isEmpty()) {
            return Fields.contentDisposition(type);
        }
        // RFC 2231 section 4.
        return CharMatcher.ascii().matchesAllOf(fileName.get()) ? Fields.contentDisposition(type, fileName.get())
            : new RawField("Content-Disposition", type + "; filename*=utf-8''"
                + UrlEscapers.urlPathSegmentEscaper().escape(fileName.get()).replaceAll("[!$&'()*+,;=:@]", "_"));
    }

    /** RFC 2045 section 5.1. */
    static String token(String value) {
        if (!value.matches("[A-Za-z0-9!#$&^_.+-]{1,64}")) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible word of MIME");
        }
        return value;
    }
}
