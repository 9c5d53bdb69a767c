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

package io.jamesext.lemonade.smtp.burl.remote;

import static io.jamesext.lemonade.smtp.burl.remote.UrlFetchException.unavailable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the one response that URLFETCH for one URL has, and streams its content. RFC 4467 section 9:
 *
 * <pre>
 * urlfetch-data = "*" SP "URLFETCH" 1*(SP url-full SP nstring)
 * url-full      = astring
 * </pre>
 */
final class UrlFetchResponse {
    // A length of more digits than a long takes is no length.
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,18})\\}");

    private final ImapConnection connection;
    private final String url;
    private final long limitBytes;
    private final OutputStream sink;
    private boolean complete;
    private String line = "";
    private int at;

    UrlFetchResponse(ImapConnection connection, String url, long limitBytes, OutputStream sink) {
        this.connection = connection;
        this.url = url;
        this.limitBytes = limitBytes;
        this.sink = sink;
    }

    /** Whether the content came to its end. */
    boolean isComplete() {
        return complete;
    }

    void take(ResponseLine response) throws UrlFetchException, IOException {
        if (complete) {
            throw unavailable("a second URLFETCH response");
        }
        line = response.rest();
        at = 0;
        if (!urlFull().equals(url)) {
            throw unavailable("a URLFETCH response for another URL");
        }
        expect(" ");
        content();
        if (at < line.length()) {
            throw unavailable("a URLFETCH response for more than a URL");
        }
        complete = true;
    }

    private String urlFull() throws UrlFetchException, IOException {
        if (line.startsWith("\"")) {
            return quoted();
        }
        if (!line.startsWith("{")) {
            at = Math.max(line.indexOf(' '), 0);
            return line.substring(0, at);
        }
        long length = literal();
        if (length != url.length()) {
            throw unavailable("a URLFETCH response for a URL of another length");
        }
        ByteArrayOutputStream literal = new ByteArrayOutputStream();
        copy(length, literal);
        return literal.toString(StandardCharsets.ISO_8859_1);
    }

    private void content() throws UrlFetchException, IOException {
        if (line.substring(at).equalsIgnoreCase("NIL")) {
            throw new UrlFetchException(UrlFetchException.Kind.UNRESOLVED, "NIL");
        }
        if (line.startsWith("{", at)) {
            copy(withinLimit(literal()), sink);
        } else {
            byte[] content = quoted().getBytes(StandardCharsets.ISO_8859_1);
            withinLimit(content.length);
            sink.write(content);
        }
    }

    private long withinLimit(long length) throws UrlFetchException {
        if (length > limitBytes) {
            throw new UrlFetchException(UrlFetchException.Kind.TOO_BIG, length + " octets of " + limitBytes);
        }
        return length;
    }

    /** The length of the literal that begins behind this line. */
    private long literal() throws UrlFetchException {
        Matcher literal = LITERAL.matcher(line).region(at, line.length());
        if (!literal.matches()) {
            throw unavailable("no literal");
        }
        return Long.parseLong(literal.group(1));
    }

    /** The literal, and the line that begins behind it. */
    private void copy(long length, OutputStream target) throws UrlFetchException, IOException {
        connection.copy(length, target);
        line = connection.line();
        at = 0;
    }

    private String quoted() throws UrlFetchException {
        expect("\"");
        StringBuilder text = new StringBuilder();
        for (; at < line.length() && line.charAt(at) != '"'; at++) {
            if (line.charAt(at) == '\\') {
                at++;
            }
            if (at < line.length()) {
                text.append(line.charAt(at));
            }
        }
        expect("\"");
        return text.toString();
    }

    private void expect(String expected) throws UrlFetchException {
        if (!line.startsWith(expected, at)) {
            throw unavailable("a malformed URLFETCH response");
        }
        at += expected.length();
    }
}
