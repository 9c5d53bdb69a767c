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
package io.jamesext.ximss.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What a user may do with another's account. XIMSS, "Account Management", says that each is a symbol, and not which there are: these are
 * the ones that mean something on James, with RFC 4314's letters where it has the like.
 */
public enum AccountRight {
    /** To see the account's access control list. */
    LOOKUP('l'),
    /** To see and to change it, all but {@link #DELEGATE}. */
    ADMINISTER('a'),
    /** To log in as the account with the own password, in all protocols of James: its delegation. */
    DELEGATE('d');

    private final char letter;

    AccountRight(char letter) {
        this.letter = letter;
    }

    /**
     * Reads letters.
     *
     * @throws ProtocolException for any other
     */
    public static Set<AccountRight> parse(String letters) {
        Set<AccountRight> rights = EnumSet.noneOf(AccountRight.class);
        letters.strip().chars().forEach(letter -> rights.add(Arrays.stream(values()).filter(right -> right.letter == letter).findFirst()
            .orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "there is no account access right " + (char) letter))));
        return rights;
    }

    /** The letters, always in the same order. */
    public static String text(Set<AccountRight> rights) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(values()).filter(rights::contains).forEach(right -> text.append(right.letter));
        return text.toString();
    }
}
