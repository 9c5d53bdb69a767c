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

/** A URL whose content did not come. The message is for the log and has no credentials, no URL and no word of the other server. */
public final class UrlFetchException extends Exception {
    /** What BURL answers. RFC 4468 section 6. */
    public enum Kind {
        /** The server cannot be reached, refuses us or talks nonsense: 451 4.4.1. */
        UNAVAILABLE,
        /** The server has no content for this URL: 554 5.6.6. */
        UNRESOLVED,
        /** The content is over the limit: 554 5.3.4. */
        TOO_BIG
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;

    UrlFetchException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    UrlFetchException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static UrlFetchException unavailable(String message) {
        return new UrlFetchException(Kind.UNAVAILABLE, message);
    }

    public Kind kind() {
        return kind;
    }
}
