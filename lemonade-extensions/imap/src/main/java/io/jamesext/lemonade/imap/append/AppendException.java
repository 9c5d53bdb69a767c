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

package io.jamesext.lemonade.imap.append;

import java.nio.charset.StandardCharsets;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponse;

import io.jamesext.lemonade.imap.status.StatusLine;

/** The messages cannot be stored; carries the response code that says why. */
public final class AppendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;

    private AppendException(String code, String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    /** RFC 4469 section 4.1: the code carries the URL as it was given. */
    static AppendException badUrl(String url) {
        return new AppendException("BADURL \"" + printable(url) + "\"", "The URL cannot be used.");
    }

    /** RFC 4469 section 4.2, RFC 7889 section 4. */
    static AppendException tooBig() {
        return new AppendException("TOOBIG", "The message would be too big.");
    }

    /** RFC 3501 section 6.3.11. */
    static AppendException noMailbox() {
        return new AppendException("TRYCREATE", "There is no such mailbox.");
    }

    /** RFC 5530 section 3. */
    public static AppendException notPermitted() {
        return new AppendException("NOPERM", "You may not do this with the mailbox.");
    }

    /** RFC 5530 section 3. */
    static AppendException overQuota() {
        return new AppendException("OVERQUOTA", "There is not enough room.");
    }

    /** RFC 5530 section 3: the message that was to be replaced has gone. */
    public static AppendException nonexistent() {
        return new AppendException("NONEXISTENT", "There is no such message.");
    }

    /** RFC 3501 section 7.1. */
    public static AppendException readOnly() {
        return new AppendException("READ-ONLY", "The mailbox is selected read-only.");
    }

    /** RFC 3502: the client has changed its mind. */
    static AppendException empty() {
        return new AppendException("CANNOT", "A message without octets cancels the command.");
    }

    /** RFC 3516 section 4.4: nothing may be lost, and outside of a body part there is no way to write a NUL. */
    static AppendException unknownEncoding() {
        return new AppendException("UNKNOWN-CTE", "Binary octets stand where MIME has no encoding for them.");
    }

    /** RFC 6855 section 4 wants a NO, and section 6 has this code for what needs UTF-8. */
    static AppendException eightBits() {
        return new AppendException("CANNOT", "Header fields of 8 bits need ENABLE UTF8=ACCEPT.");
    }

    /** The answer to the command. */
    public StatusLine answer(Tag tag, ImapCommand command) {
        return new StatusLine(tag, StatusResponse.Type.NO, code, command, text);
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
