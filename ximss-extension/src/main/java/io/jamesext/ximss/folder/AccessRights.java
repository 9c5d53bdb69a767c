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
package io.jamesext.ximss.folder;

import java.util.EnumSet;
import java.util.Set;

import org.apache.james.mailbox.exception.UnsupportedRightException;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Mailbox access rights as XIMSS writes them. XIMSS, "Mailbox Management": the example has the letters of RFC 2086, of which {@code d}
 * and {@code c} are two rights each today (RFC 4314 section 2.1.1). Those are written for both together, and RFC 4314's letters for one
 * alone.
 */
public final class AccessRights {
    private static final Set<Right> DELETE = EnumSet.of(Right.DeleteMessages, Right.PerformExpunge);
    private static final Set<Right> CREATE = EnumSet.of(Right.CreateMailbox, Right.DeleteMailbox);
    /** In this order they are written; so the example of the text comes out as it is printed. */
    private static final String LETTERS = "lrswdipcakxte";

    private AccessRights() {
    }

    /**
     * Reads letters, of either RFC.
     *
     * @throws ProtocolException for any other
     */
    public static Rfc4314Rights parse(String letters) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        letters.strip().chars().forEach(letter -> rights.addAll(rights((char) letter)));
        return Rfc4314Rights.of(rights);
    }

    /** The letters of some rights. */
    public static String text(Rfc4314Rights granted) {
        Set<Right> left = EnumSet.noneOf(Right.class);
        left.addAll(granted.list());
        StringBuilder text = new StringBuilder();
        LETTERS.chars().filter(letter -> left.containsAll(rights((char) letter))).forEach(letter -> {
            // A letter that stands for two comes before theirs.
            if (left.removeAll(rights((char) letter))) {
                text.append((char) letter);
            }
        });
        return text.toString();
    }

    private static Set<Right> rights(char letter) {
        return switch (letter) {
            case 'd' -> DELETE;
            case 'c' -> CREATE;
            default -> Set.of(right(letter));
        };
    }

    private static Right right(char letter) {
        try {
            return Right.forChar(letter);
        } catch (UnsupportedRightException e) {
            throw new ProtocolException(Failure.SYNTAX, "there is no access right " + letter);
        }
    }
}
