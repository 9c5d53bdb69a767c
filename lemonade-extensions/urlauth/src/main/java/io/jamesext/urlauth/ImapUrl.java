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

package io.jamesext.urlauth;

import java.util.Optional;

/**
 * An IMAP URL, absolute ({@code imap://user@host/...}) or server-relative ({@code /mailbox;UIDVALIDITY=1/;UID=2/;SECTION=3/;PARTIAL=4.5}).
 *
 * <p>RFC 5092 section 7.2 forbids the relative-path form, so it is not read. {@code original} is the URL as it came: compare and sign that.
 */
public record ImapUrl(String original, Optional<Authority> authority, Optional<MailboxReference> mailbox, Optional<MessagePart> part,
                      Optional<Authorization> authorization) {
    /** Octets of the longest URL that is read: protects the readers behind it, and is far above what mailbox names and sections need. */
    public static final int MAX_LENGTH = 8192;

    /**
     * Reads a URL.
     *
     * @throws BadUrlException when the characters are no IMAP URL of RFC 5092
     */
    public static ImapUrl parse(String url) {
        if (url.length() > MAX_LENGTH) {
            throw new BadUrlException("longer than " + MAX_LENGTH + " characters");
        }
        return new ImapUrlReader(url).read();
    }

    /** Whether the URL has no server part and so means the server it is used on. RFC 5092 section 7.1. */
    public boolean isServerRelative() {
        return authority.isEmpty();
    }

    @Override
    public String toString() {
        // Not the original: it may carry a token.
        return "ImapUrl[" + authority + ", " + mailbox + ", " + part + ", " + authorization + "]";
    }
}
