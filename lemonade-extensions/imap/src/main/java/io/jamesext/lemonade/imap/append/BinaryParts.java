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

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

import org.apache.james.mailbox.model.Content;

import io.jamesext.urlauth.NulSearch;

/**
 * Takes binary content in. RFC 3516 section 4.4 lets a server change the transfer encoding of what is appended; it must, where FETCH
 * BODY[] could not send it (RFC 3501 section 9: a literal has no NUL) and where BODYSTRUCTURE must not show "binary" (RFC 3516
 * section 4.1).
 */
final class BinaryParts {
    private static final String WORD = "binary";
    private static final int CASE_BIT = 0x20;
    private static final int OCTETS = 256;
    private static final int[] SKIP = skips();
    private static final int BUFFER_BYTES = 1 << 16;

    private BinaryParts() {
    }

    /** The message with its binary parts in base64; the message itself when it has none, as all but a few. */
    static Content encoded(Content message) throws IOException {
        if (!maybeBinary(message)) {
            return message;
        }
        try (InputStream octets = message.getInputStream()) {
            List<Edit> edits = BinaryLayout.edits(octets);
            return edits.isEmpty() ? message : new EditedContent(message, edits);
        }
    }

    /** A quick look for what a binary message must have: a NUL, or the name of the encoding. */
    private static boolean maybeBinary(Content message) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int kept = 0;
        try (InputStream octets = message.getInputStream()) {
            for (int read = octets.read(buffer); read >= 0; read = octets.read(buffer, kept, buffer.length - kept)) {
                int length = kept + read;
                if (NulSearch.next(buffer, kept, length) < length || hasWord(buffer, length)) {
                    return true;
                }
                // The word may go on in the next piece.
                kept = Math.min(length, WORD.length() - 1);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        }
        return false;
    }

    /** Looks at the octet where the word would end, and skips as far as that octet allows (Horspool). */
    private static boolean hasWord(byte[] octets, int length) {
        int last = WORD.length() - 1;
        for (int end = last; end < length; end += SKIP[octets[end] & 0xff]) {
            int matched = 0;
            while (matched < WORD.length() && (octets[end - last + matched] | CASE_BIT) == WORD.charAt(matched)) {
                matched++;
            }
            if (matched == WORD.length()) {
                return true;
            }
        }
        return false;
    }

    private static int[] skips() {
        int[] skips = new int[OCTETS];
        Arrays.fill(skips, WORD.length());
        for (int i = 0; i < WORD.length() - 1; i++) {
            skips[WORD.charAt(i)] = WORD.length() - 1 - i;
            skips[WORD.charAt(i) & ~CASE_BIT] = WORD.length() - 1 - i;
        }
        return skips;
    }
}
