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


package io.jamesext.lemonade.smtp.burl;

/** Why a URL gives no content, as the client is told. RFC 4468 section 6; RFC 5248 section 2.4 has changed one of its codes. */
final class BurlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;

    private BurlException(String code, String text) {
        // A client's mistake or another server's, not ours: the stack trace would say nothing.
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    static BurlException notAuthorized() {
        return new BurlException("554", "5.7.0 IMAP URL authorization failed");
    }

    static BurlException notResolved() {
        return new BurlException("554", "5.6.6 IMAP URL resolution failed");
    }

    static BurlException notTrusted() {
        return new BurlException("554", "5.7.14 URL resolution requires trust relationship");
    }

    static BurlException tooBig() {
        return new BurlException("554", "5.3.4 Message too big for system");
    }

    static BurlException unavailable() {
        return new BurlException("451", "4.4.1 IMAP server unavailable");
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }
}
