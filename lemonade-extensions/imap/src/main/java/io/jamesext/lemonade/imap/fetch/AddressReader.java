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

package io.jamesext.lemonade.imap.fetch;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the addresses of a header field. RFC 5322 sections 3.4 and 4.4. Whatever the field, it makes a list of it: mail is full of
 * addresses that are none.
 *
 * <p>Quotes and comments are taken off, encoded words are left (RFC 3501 says nothing of decoding them, and clients do it).
 */
public final class AddressReader {
    /** A host that is not there: NIL would make the address the beginning of a group. */
    private static final String NO_HOST = "";

    private final String field;
    private final List<Address> addresses = new ArrayList<>();
    private int at;
    private boolean inGroup;
    /** A comment behind an address is its name where it has no other. */
    private @Nullable String comment;

    private AddressReader(String field) {
        this.field = field;
    }

    /**
     * The addresses as ENVELOPE has them.
     *
     * @param field a value whose characters are its octets
     */
    public static List<Address> read(String field) {
        return new AddressReader(field).addresses();
    }

    private List<Address> addresses() {
        while (at < field.length()) {
            comment = null;
            String words = words(",;:<@");
            char end = at < field.length() ? field.charAt(at++) : ',';
            switch (end) {
                case ':' -> groupStart(words);
                case '<' -> angle(words);
                case '@' -> specification(words);
                default -> bare(words);
            }
            if (end == ';') {
                groupEnd();
            }
        }
        groupEnd();
        return addresses;
    }

    private void groupStart(String name) {
        groupEnd();
        addresses.add(Address.groupStart(name));
        inGroup = true;
    }

    private void groupEnd() {
        if (inGroup) {
            addresses.add(Address.GROUP_END);
            inGroup = false;
        }
    }

    /** {@code [display-name] "<" [obs-route] addr-spec ">"}. */
    private void angle(String name) {
        String route = null;
        skipWhite();
        if (at < field.length() && field.charAt(at) == '@') {
            route = words(":>");
            at += at < field.length() && field.charAt(at) == ':' ? 1 : 0;
        }
        String mailbox = words("@>");
        String host = NO_HOST;
        while (at < field.length() && field.charAt(at) == '@') {
            at++;
            mailbox = host.isEmpty() ? mailbox : mailbox + "@" + host;
            host = words("@>");
        }
        at = Math.min(at + 1, field.length());
        String words = name.isEmpty() ? words(",;") : name + ignored(words(",;"));
        addresses.add(new Address(words.isEmpty() ? comment : words, route, mailbox, host));
        endOfAddress();
    }

    /** Something between the address and its comma belongs to nothing. */
    private static String ignored(String words) {
        return words.isEmpty() ? words : "";
    }

    /** {@code addr-spec} alone. */
    private void specification(String mailbox) {
        String host = words(",;<");
        if (at < field.length() && field.charAt(at) == '<') {
            // An address as the name of an address: common, and without quotes.
            at++;
            angle(mailbox + "@" + host);
            return;
        }
        addresses.add(new Address(comment, null, mailbox, host));
        endOfAddress();
    }

    private void bare(String words) {
        if (!words.isEmpty()) {
            addresses.add(new Address(comment, null, words, NO_HOST));
        }
    }

    private void endOfAddress() {
        if (at < field.length() && field.charAt(at++) == ';') {
            groupEnd();
        }
    }

    /** Words up to one of the ends, which quotes, comments and brackets hide; white space between them is one space. */
    private String words(String ends) {
        StringBuilder words = new StringBuilder();
        boolean white = false;
        while (at < field.length() && ends.indexOf(field.charAt(at)) < 0) {
            char c = field.charAt(at);
            if (c == '(') {
                comment = quoted('(', ')');
                white = true;
            } else if (c == ' ' || c == '\t') {
                white = true;
                at++;
            } else {
                if (white && words.length() > 0) {
                    words.append(' ');
                }
                white = false;
                words.append(word(c));
            }
        }
        return words.toString();
    }

    private String word(char first) {
        if (first == '"') {
            return quoted('"', '"');
        }
        if (first == '[') {
            return '[' + quoted('[', ']') + ']';
        }
        at++;
        return String.valueOf(first);
    }

    /** What stands between two marks, without backslashes; marks that differ may nest. */
    private String quoted(char open, char close) {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        at++;
        while (at < field.length()) {
            char c = field.charAt(at++);
            if (c == '\\' && at < field.length()) {
                text.append(field.charAt(at++));
                continue;
            }
            if (c == close) {
                depth--;
            } else if (c == open) {
                depth++;
            }
            if (depth == 0) {
                break;
            }
            text.append(c);
        }
        return text.toString();
    }

    private void skipWhite() {
        while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
            at++;
        }
    }
}
