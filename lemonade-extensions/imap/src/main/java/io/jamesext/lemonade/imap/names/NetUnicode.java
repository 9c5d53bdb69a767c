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

package io.jamesext.lemonade.imap.names;

import java.text.Normalizer;

/**
 * What a mailbox may be called. RFC 6855 section 3: Net-Unicode, which RFC 5198 section 2 defines, without controls and separators of lines
 * and paragraphs. It holds for names in either encoding, for a mailbox has one name.
 */
public final class NetUnicode {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private NetUnicode() {
    }

    /** Whether a mailbox may have the name. */
    public static boolean allows(String name) {
        return name.codePoints().allMatch(NetUnicode::allows)
            && (name.isEmpty() || name.charAt(0) != BYTE_ORDER_MARK)
            && Normalizer.isNormalized(name, Normalizer.Form.NFC);
    }

    private static boolean allows(int codePoint) {
        return switch (Character.getType(codePoint)) {
            // RFC 5198 section 2 forbids what is not assigned, for its normal form is not known.
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
                Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
