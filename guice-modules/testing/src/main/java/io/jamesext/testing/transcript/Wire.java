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
package io.jamesext.testing.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a protocol's messages are cut on the client's side, and compared. */
public enum Wire {
    /** XML documents, each ended by a NUL. */
    XML_NUL("\0", false),
    /** Lines ended by CR LF or LF. */
    LINES("\r\n", false),
    /** The same, under TLS from the first byte. */
    TLS_LINES("\r\n", true);

    private final String end;
    private final boolean tls;

    Wire(String end, boolean tls) {
        this.end = end;
        this.tls = tls;
    }

    boolean tls() {
        return tls;
    }

    byte[] encode(String message) {
        String text = this == XML_NUL ? message : message.replace("\n", "\r\n");
        return OctetText.encode(text + end);
    }

    /** The next message, without its end; empty when the server has closed. */
    Optional<String> read(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int last = end.charAt(end.length() - 1);
        int octet;
        while ((octet = in.read()) != last) {
            if (octet < 0) {
                return message.size() == 0 ? Optional.empty() : Optional.of(message.toString(StandardCharsets.UTF_8));
            }
            message.write(octet);
        }
        String text = message.toString(StandardCharsets.UTF_8);
        return Optional.of(this != XML_NUL && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    boolean matches(String pattern, String message, Matching matching) {
        return this == XML_NUL ? XmlMatching.matches(pattern, message, matching) : matching.matches(pattern, message);
    }
}
