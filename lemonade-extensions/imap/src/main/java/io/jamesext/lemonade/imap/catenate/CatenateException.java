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

package io.jamesext.lemonade.imap.catenate;

import java.nio.charset.StandardCharsets;

/** The message cannot be put together; carries the response code that says why. RFC 4469 section 4. */
final class CatenateException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String TOO_BIG = "TOOBIG";

    private final String code;
    private final String text;

    private CatenateException(String code, String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    /** RFC 4469 section 4.1: the code carries the URL as it was given. */
    static CatenateException badUrl(String url) {
        return new CatenateException("BADURL \"" + printable(url) + "\"", "The URL cannot be used.");
    }

    /** RFC 4469 section 4.2. */
    static CatenateException tooBig() {
        return new CatenateException(TOO_BIG, "The message would be too big.");
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }

    /** A resp-text-code has no way to write "]" or a line end, and our quotes must hold: what is in the way is percent-encoded. */
    private static String printable(String url) {
        StringBuilder printable = new StringBuilder();
        url.codePoints().forEach(c -> {
            if (c <= ' ' || c > '~' || c == ']' || c == '"' || c == '\\') {
                for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    printable.append(String.format("%%%02X", octet & 0xFF));
                }
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
