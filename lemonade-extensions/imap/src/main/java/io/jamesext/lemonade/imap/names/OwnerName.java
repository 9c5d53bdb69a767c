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

import java.util.Optional;

/**
 * The user in {@code #user.<owner>.<name>}: what would end the level, or be a wildcard of LIST, is written as in quoted-printable, so that
 * {@code john.doe} is {@code john=2Edoe}.
 */
final class OwnerName {
    private static final String WILDCARDS = "*%";
    private static final char ESCAPE = '=';
    private static final int DIGITS = 2;

    private OwnerName() {
    }

    static String write(String owner, char delimiter) {
        StringBuilder written = new StringBuilder(owner.length());
        for (char c : owner.toCharArray()) {
            if (c == delimiter || c == ESCAPE || WILDCARDS.indexOf(c) >= 0) {
                written.append(String.format("%c%02X", ESCAPE, (int) c));
            } else {
                written.append(c);
            }
        }
        return written.toString();
    }

    /** The owner, or empty where it is not written so. */
    static Optional<String> read(String written) {
        StringBuilder owner = new StringBuilder(written.length());
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at++);
            if (c != ESCAPE) {
                owner.append(c);
                continue;
            }
            if (at + DIGITS > written.length()) {
                return Optional.empty();
            }
            int high = Character.digit(written.charAt(at), 16);
            int low = Character.digit(written.charAt(at + 1), 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            owner.append((char) (high << 4 | low));
            at += DIGITS;
        }
        return Optional.of(owner.toString()).filter(name -> !name.isEmpty());
    }
}
