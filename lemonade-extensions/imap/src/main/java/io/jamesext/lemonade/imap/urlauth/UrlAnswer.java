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

package io.jamesext.lemonade.imap.urlauth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.james.imap.api.message.response.ImapResponseMessage;

/** Octets of an untagged GENURLAUTH or URLFETCH response, as they go on the wire; a long one comes in several. RFC 4467 section 8. */
record UrlAnswer(byte[] octets) implements ImapResponseMessage {
    /** {@code genurlauth-data = "*" SP "GENURLAUTH" 1*(SP url-full)}. */
    static UrlAnswer generated(List<String> urls) {
        ByteArrayOutputStream line = begin("GENURLAUTH");
        urls.forEach(url -> url(line, url));
        return end(line);
    }

    /** A URL that leads to nothing. */
    static UrlAnswer nil(String url) {
        ByteArrayOutputStream line = begin("URLFETCH");
        url(line, url);
        ascii(line, " NIL");
        return end(line);
    }

    /** A URL and the announcement of its octets. */
    static UrlAnswer announcement(String url, long sizeBytes) {
        ByteArrayOutputStream line = begin("URLFETCH");
        url(line, url);
        // RFC 4467 section 8: what is there and empty is the empty string.
        ascii(line, sizeBytes == 0 ? " \"\"" : " {" + sizeBytes + "}\r\n");
        return new UrlAnswer(line.toByteArray());
    }

    private static ByteArrayOutputStream begin(String name) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ascii(line, "* " + name);
        return line;
    }

    private static UrlAnswer end(ByteArrayOutputStream line) {
        ascii(line, "\r\n");
        return new UrlAnswer(line.toByteArray());
    }

    /** RFC 3501 section 9, string: quoted where the octets allow it. A URL that is none may have any. */
    private static void url(ByteArrayOutputStream line, String url) {
        boolean quotable = url.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (quotable) {
            ascii(line, " \"" + url.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
            return;
        }
        byte[] octets = url.getBytes(StandardCharsets.UTF_8);
        ascii(line, " {" + octets.length + "}\r\n");
        line.writeBytes(octets);
    }

    private static void ascii(ByteArrayOutputStream line, String text) {
        line.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
