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

import java.time.Duration;
import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.RetrievedXml;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.web.ContentType;
import io.jamesext.ximss.web.WebAddress;
import io.jamesext.ximss.web.WebResponse;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Reads an XML document from another server. XIMSS, "Service Operations", retrieveXML.
 *
 * <pre>{@code <retrieveXML id="" url="http: or https:" timeout="seconds"? />}</pre>
 */
public final class RetrieveXml implements XimssOperation<RetrieveXml.Request> {
    /**
     * The attributes.
     *
     * @param url as the client wrote it
     */
    public record Request(String url, WebAddress address, Duration timeout) {
    }

    private final WebAccess web;

    /** On the web. */
    public RetrieveXml(WebAccess web) {
        this.web = web;
    }

    @Override
    public String name() {
        return "retrieveXML";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("url"), web.address(element), WebAccess.timeout(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return web.client().read(request.address, session.mailboxSession().getUser(), request.timeout)
            .flatMap(response -> Blocking.call(() -> new RetrievedXml(request.url, document(response))))
            .flux();
    }

    private static Element document(WebResponse response) {
        if (!response.isSuccess()) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "the server answered with the code " + response.code());
        }
        // RFC 7303 section 3: the header's charset, where it has one, and then the document's own.
        Optional<String> charset = response.field("Content-Type").flatMap(ContentType::of).flatMap(ContentType::knownCharset);
        return XmlReader.document(response.body(), charset);
    }
}
