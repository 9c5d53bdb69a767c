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
package io.jamesext.ximss.op.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.web.ContentType;
import io.jamesext.ximss.web.WebAddress;
import io.jamesext.ximss.web.WebRequest;
import io.jamesext.ximss.xml.Element;

/** What retrieveURL sends. */
final class WebForm {
    private WebForm() {
    }

    /**
     * A body and what it is where the client does not say.
     *
     * @param content empty for none
     */
    private record Body(byte[] content, String type) {
    }

    /**
     * Reads the attributes and the body.
     *
     * @throws ProtocolException when they cannot be sent
     */
    static WebRequest request(Element element, WebAddress address) {
        Body body = body(element);
        ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
        if (body.content.length > 0) {
            fields.put("Content-Type", contentType(element).orElse(body.type));
        }
        element.attribute("Cookie").ifPresent(cookie -> fields.put("Cookie", cookie));
        authorization(element).ifPresent(value -> fields.put("Authorization", value));
        // "If this attribute is absent, the GET method is used if no request body is specified, otherwise the POST method is used."
        String method = element.attribute("method").map(name -> name.toUpperCase(Locale.ROOT))
            .orElse(body.content.length == 0 ? "GET" : "POST");
        return new WebRequest(address, method, fields.build(), body.content);
    }

    private static Body body(Element element) {
        List<Element> elements = element.elements().toList();
        if (elements.isEmpty()) {
            // The ends of lines in an element without a body are none.
            return new Body(element.text().isBlank() ? new byte[0] : element.text().getBytes(StandardCharsets.UTF_8),
                "text/plain; charset=utf-8");
        }
        if (elements.size() == 1 && elements.get(0).name().equals("base64")) {
            return new Body(binary(elements.get(0).text()), "application/octet-stream");
        }
        if (!elements.stream().allMatch(child -> child.name().equals("field"))) {
            throw new ProtocolException(Failure.SYNTAX, "the body is text, one base64 element, or field elements");
        }
        return new Body(elements.stream().map(WebForm::pair).collect(Collectors.joining("&")).getBytes(StandardCharsets.US_ASCII),
            "application/x-www-form-urlencoded");
    }

    private static byte[] binary(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "the element base64 must hold base64");
        }
    }

    private static String pair(Element field) {
        return URLEncoder.encode(field.required("name"), StandardCharsets.UTF_8) + "="
            + URLEncoder.encode(field.text(), StandardCharsets.UTF_8);
    }

    /** A client may also write both into the first attribute. */
    private static Optional<String> contentType(Element element) {
        return element.attribute("Content-Type").map(type -> {
            String whole = element.attribute("Content-Subtype").map(subtype -> type + "/" + subtype).orElse(type);
            if (ContentType.of(whole).isEmpty()) {
                throw new ProtocolException(Failure.SYNTAX, "Content-Type and Content-Subtype are no content type");
            }
            return whole;
        });
    }

    /** RFC 7617. */
    private static Optional<String> authorization(Element element) {
        return element.attribute("authName").map(name -> {
            if (name.indexOf(':') >= 0) {
                throw new ProtocolException(Failure.SYNTAX, "authName cannot have a colon");
            }
            String pair = name + ":" + element.attribute("authPassword").orElse("");
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        });
    }
}
