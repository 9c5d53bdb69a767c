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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.RetrievedUrl;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.web.ContentType;
import io.jamesext.ximss.web.WebRequest;
import io.jamesext.ximss.web.WebResponse;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.Text;
import reactor.core.publisher.Flux;

/**
 * Asks another server for a document. XIMSS, "Service Operations", retrieveURL.
 *
 * <pre>{@code
 * <retrieveURL id="" url="http: or https:" method=""? Content-Type=""? Content-Subtype=""? Cookie=""? authName=""? authPassword=""?
 *     timeout="0..30"?>
 *   text | <base64>...</base64> | <field name="">text</field>*
 * </retrieveURL>}</pre>
 */
public final class RetrieveUrl implements XimssOperation<RetrieveUrl.Request> {
    /**
     * The attributes and the body.
     *
     * @param url as the client wrote it
     */
    public record Request(String url, WebRequest request, Duration timeout) {
    }

    private final WebAccess web;

    /** On the web. */
    public RetrieveUrl(WebAccess web) {
        this.web = web;
    }

    @Override
    public String name() {
        return "retrieveURL";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("url"), WebForm.request(element, web.address(element)), WebAccess.timeout(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return web.client().exchange(request.request, session.mailboxSession().getUser(), request.timeout)
            .flatMap(response -> Blocking.call(() -> new RetrievedUrl(request.url, response, content(response))))
            .flux();
    }

    private static Optional<Node> content(WebResponse response) {
        if (response.body().length == 0) {
            return Optional.empty();
        }
        // What is compressed is not what its type says.
        boolean plain = response.field("Content-Encoding").filter(coding -> !coding.equalsIgnoreCase("identity")).isEmpty();
        Optional<ContentType> text = response.field("Content-Type").flatMap(ContentType::of)
            .filter(type -> plain && type.type().equals("text"));
        Optional<Node> content = text.flatMap(type -> type.subtype().equals("xml") ? xml(response, type) : text(response, type));
        return content.or(() -> Optional.of(Element.text("base64", Base64.getEncoder().encodeToString(response.body()))));
    }

    private static Optional<Node> xml(WebResponse response, ContentType type) {
        try {
            return Optional.of(XmlReader.document(response.body(), type.knownCharset()));
        } catch (ProtocolException e) {
            // "if ... XML parsing is successful"
            return Optional.empty();
        }
    }

    /** Where the charset is missing or unknown: UTF-8, and what is none is of the old default. */
    private static Optional<Node> text(WebResponse response, ContentType type) {
        Charset charset = type.knownCharset().map(Charset::forName).orElse(StandardCharsets.UTF_8);
        if (type.knownCharset().isEmpty()) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(response.body()));
            } catch (CharacterCodingException e) {
                charset = StandardCharsets.ISO_8859_1;
            }
        }
        return Optional.of(new Text(new String(response.body(), charset)));
    }
}
