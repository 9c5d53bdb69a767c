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
package io.jamesext.ximss.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;

import com.google.common.io.Resources;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/** The files of the web page, which is a client of XIMSS like any other. */
final class WebPage {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, String> TYPES = Map.of(
        "index.html", "text/html; charset=utf-8", "style.css", "text/css; charset=utf-8",
        "mail.js", SCRIPT, "list.js", SCRIPT, "contacts.js", SCRIPT, "view.js", SCRIPT, "page.js", SCRIPT, "ximss.js", SCRIPT);

    private WebPage() {
    }

    static Body find(Exchange exchange) {
        String name = exchange.path(0).isEmpty() ? "index.html" : exchange.path(0);
        boolean isRead = exchange.method().equals(HttpMethod.GET) || exchange.method().equals(HttpMethod.HEAD);
        String type = TYPES.get(name);
        if (type == null || !isRead || !exchange.path(1).isEmpty()) {
            exchange.refuse(HttpResponseStatus.NOT_FOUND, "nothing is here");
            return Body.REFUSED;
        }
        return Body.none(() -> exchange.answer(HttpResponseStatus.OK, type, read(name)));
    }

    private static byte[] read(String name) {
        URL file = Resources.getResource(WebPage.class, name);
        try {
            return Resources.toByteArray(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
