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
package io.jamesext.dmap.stacie;

/** How often a password is hashed: the shorter it is, the more often, so that a guess at a bad one costs as much as can be borne. */
public final class Rounds {
    /** The least for any password. */
    public static final int LEAST = 8;
    /** The most, so that the round's number fits into three octets. */
    public static final int MOST = 1 << 24;

    /** A password of so many characters has no rounds of its own left but two. */
    private static final int LONG_PASSWORD = 24;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Rounds() {
    }

    /**
     * The rounds of a password.
     *
     * @param bonus what the server asks for besides
     * @throws IllegalArgumentException when that is below 0
     */
    public static int of(String password, long bonus) {
        if (bonus < 0) {
            throw new IllegalArgumentException("bonus rounds below 0");
        }
        long own = 1L << Math.max(1, LONG_PASSWORD - characters(Passwords.normalized(password)));
        return (int) Math.max(LEAST, Math.min(MOST, own + Math.min(bonus, MOST)));
    }

    /** Unicode's code points; a byte order mark in front of them is not one of the password's. */
    private static int characters(String password) {
        int all = password.codePointCount(0, password.length());
        return !password.isEmpty() && password.charAt(0) == BYTE_ORDER_MARK ? all - 1 : all;
    }
}
