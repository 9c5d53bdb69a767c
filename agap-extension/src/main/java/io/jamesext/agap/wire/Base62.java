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
package io.jamesext.agap.wire;

import java.util.Comparator;
import java.util.OptionalLong;

/**
 * The notation of UID, FCID and UCID. AGAP section 2.5: 1 to 32 of 0-9, A-Z, a-z; a shorter one comes before a longer one, equal lengths by
 * their characters. All of ours have eight digits, so that this order is that of the numbers.
 */
public final class Base62 {
    /** Digits of every identifier that we give out; 62^8 is far above the 2^32 message numbers that IMAP allows. */
    public static final int DIGITS = 8;
    /** AGAP section 2.5. */
    public static final int MAX_LENGTH = 32;
    /** AGAP section 2.5: the order of identifiers as they are written. */
    public static final Comparator<String> ORDER = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long LIMIT = 218_340_105_584_896L;

    private Base62() {
    }

    /** The identifier of a number. */
    public static String encode(long number) {
        if (number < 0 || number >= LIMIT) {
            throw new IllegalArgumentException("no identifier for " + number);
        }
        char[] digits = new char[DIGITS];
        long rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }

    /** The number of an identifier that we gave out; empty for any other text. Leading zeros count: section 2.5. */
    public static OptionalLong decode(String identifier) {
        if (identifier.length() != DIGITS || !isIdentifier(identifier)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(identifier.chars()
            .mapToLong(ALPHABET::indexOf)
            .reduce(0, (number, digit) -> number * ALPHABET.length() + digit));
    }

    /** True when it has the form of an identifier, whether we would give it out or not. */
    public static boolean isIdentifier(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}
