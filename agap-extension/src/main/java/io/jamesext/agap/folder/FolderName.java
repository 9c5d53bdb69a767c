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
package io.jamesext.agap.folder;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.mailbox.DefaultMailboxes;

import com.google.common.io.BaseEncoding;

/**
 * One name of a path, between AGAP and James, reversibly. AGAP allows what James forbids or gives a meaning ({@code . % #}, blanks at the
 * ends): those characters are written {@code =XX} in James, after their UTF-8 octets. James allows what AGAP forbids ({@code / \ ?},
 * controls), and may hold names that this codec would never write: in AGAP they are {@code =:} and the name with such characters as
 * {@code =XX}. So every mailbox has one name in AGAP, and no two have the same.
 */
final class FolderName {
    private static final String RAW = "=:";
    private static final BaseEncoding HEX = BaseEncoding.base16();

    private FolderName() {
    }

    /** The name in James; empty for a name that no folder can have. */
    static Optional<String> toJames(String name, boolean inRoot) {
        if (inRoot && ReservedFolder.named(name).isPresent()) {
            return ReservedFolder.named(name).map(ReservedFolder::mailbox);
        }
        if (name.startsWith(RAW)) {
            return unescape(name.substring(RAW.length())).filter(mailbox -> toAgap(mailbox, inRoot).equals(name));
        }
        String mailbox = escape(name, inRoot);
        return plain(mailbox, inRoot).map(same -> mailbox);
    }

    /**
     * As James has it. In the root, a name that James has for a reserved folder is another folder's in AGAP, where names have case (section
     * 2.9.1: Trash is not TRASH), so its first character is escaped too.
     */
    private static String escape(String name, boolean inRoot) {
        boolean isTaken = inRoot && (ReservedFolder.ofMailbox(name).isPresent() || DefaultMailboxes.INBOX.equalsIgnoreCase(name));
        return escape(name, place -> meansSomethingInJames(place) || isTaken && place.first);
    }

    /** The name in AGAP. */
    static String toAgap(String mailbox, boolean inRoot) {
        if (inRoot && ReservedFolder.ofMailbox(mailbox).isPresent()) {
            return ReservedFolder.ofMailbox(mailbox).get().name();
        }
        return plain(mailbox, inRoot).orElseGet(() -> RAW + escape(mailbox, FolderName::isForbiddenInAgap));
    }

    /** The AGAP name that becomes exactly this mailbox name, if there is one. */
    private static Optional<String> plain(String mailbox, boolean inRoot) {
        return unescape(mailbox)
            .filter(FolderPath::isName)
            .filter(name -> !name.startsWith(RAW) && escape(name, inRoot).equals(mailbox))
            // What is called like a reserved folder, but is not its mailbox.
            .filter(name -> !inRoot || ReservedFolder.named(name).isEmpty());
    }

    private static boolean meansSomethingInJames(Place place) {
        int c = place.character;
        return c == '=' || c == '.' || c == '%' || c == '#' && place.first
            || Character.isWhitespace(c) && (place.first || place.last);
    }

    private static boolean isForbiddenInAgap(Place place) {
        int c = place.character;
        return c < ' ' || c == '=' || c == '/' || c == '\\' || c == '*' || c == '?';
    }

    private record Place(int character, boolean first, boolean last) {
    }

    @FunctionalInterface
    private interface Escaped {
        boolean test(Place place);
    }

    private static String escape(String name, Escaped escaped) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int c = name.codePointAt(i);
            String character = Character.toString(c);
            if (escaped.test(new Place(c, i == 0, i + character.length() == name.length()))) {
                for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
                    result.append('=').append(HEX.encode(new byte[] {octet}));
                }
            } else {
                result.append(character);
            }
        }
        return result.toString();
    }

    private static Optional<String> unescape(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer result = ByteBuffer.allocate(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] != '=') {
                result.put(octets[i]);
            } else if (i + 2 < octets.length && isHex(octets[i + 1]) && isHex(octets[i + 2])) {
                result.put((byte) Integer.parseInt(new String(octets, i + 1, 2, StandardCharsets.US_ASCII), 16));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(result.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isHex(byte octet) {
        return octet >= '0' && octet <= '9' || octet >= 'A' && octet <= 'F';
    }
}
