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
package io.jamesext.ximss.reply;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.web.ContentType;
import io.jamesext.ximss.web.WebResponse;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * What another server answered. XIMSS, "Service Operations", retrievedURL.
 *
 * @param url as the client wrote it
 * @param content an XML document, text, or a base64 element; none when there is nothing
 */
public record RetrievedUrl(String url, WebResponse response, Optional<Node> content) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        Optional<ContentType> type = response.field("Content-Type").flatMap(ContentType::of);
        // A comma would not do between cookies: their dates have some.
        List<String> cookies = response.allOf("Set-Cookie");
        writer.open("retrievedURL")
            .attribute("url", url)
            .attribute("responseCode", response.code())
            .attribute("Content-Type", type.map(ContentType::type))
            .attribute("Content-Subtype", type.map(ContentType::subtype))
            .attribute("charset", type.flatMap(ContentType::charset))
            .attribute("Date", time("Date"))
            .attribute("Last-Modified", time("Last-Modified"))
            .attribute("Expires", time("Expires"))
            .attribute("Server", response.field("Server"))
            .attribute("Location", response.field("Location"))
            .attribute("Set-Cookie", cookies.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", cookies)));
        content.ifPresent(writer::node);
        writer.close();
    }

    /** RFC 9110 section 5.6.7, in the form of today. */
    private Optional<String> time(String field) {
        return response.field(field).flatMap(value -> {
            try {
                return Optional.of(Times.gmt(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value))));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
