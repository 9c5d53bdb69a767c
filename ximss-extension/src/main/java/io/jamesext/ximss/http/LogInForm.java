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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;

/** The parameters of a log-in: in the address, in a form, or as HTTP's Basic authentication (RFC 7617). */
final class LogInForm {
    private static final int MAX_PARAMETERS = 32;

    private final Map<String, String> parameters;

    private LogInForm(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads them; a body that begins as XML is none. The type that the client gives its body is not looked at.
     *
     * @throws ProtocolException when they cannot be read
     */
    static LogInForm of(Exchange exchange, ByteBuffer body) {
        Map<String, String> parameters = new HashMap<>();
        basic(exchange, parameters);
        add(exchange.parameters(), parameters);
        String text = StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        if (!text.stripLeading().startsWith("<")) {
            try {
                add(new QueryStringDecoder(text.strip(), StandardCharsets.UTF_8, false, MAX_PARAMETERS).parameters(), parameters);
            } catch (IllegalArgumentException e) {
                // Its message holds the whole form, and with it the password.
                throw new ProtocolException(Failure.SYNTAX, "the form cannot be read");
            }
        }
        return new LogInForm(parameters);
    }

    private static void add(Map<String, List<String>> some, Map<String, String> parameters) {
        some.forEach((name, values) -> parameters.put(name, values.get(0)));
    }

    private static void basic(Exchange exchange, Map<String, String> parameters) {
        String header = exchange.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    parameters.put("userName", pair.substring(0, colon));
                    parameters.put("password", pair.substring(colon + 1));
                }
            } catch (IllegalArgumentException e) {
                parameters.remove("userName");
            }
        }
    }

    /** The session that the client had, and asks for again. */
    Optional<String> sessionId() {
        return Optional.ofNullable(parameters.get("sessionid"));
    }

    /** True when a user is named. */
    boolean isPresent() {
        return user().isPresent();
    }

    /** The request of XIMSS that says the same. */
    Element login() {
        Map<String, String> attributes = new HashMap<>(Map.of("id", "login", "authData", user().orElseThrow(),
            "password", parameters.getOrDefault("password", "")));
        Optional.ofNullable(parameters.get("domain")).ifPresent(domain -> attributes.put("domain", domain));
        return Element.of("login", attributes, List.of());
    }

    private Optional<String> user() {
        return Optional.ofNullable(parameters.get("userName")).or(() -> Optional.ofNullable(parameters.get("username")));
    }
}
