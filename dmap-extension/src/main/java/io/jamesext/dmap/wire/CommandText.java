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
package io.jamesext.dmap.wire;

import java.util.Optional;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;

/**
 * The text of a command: pieces of line, each but the last followed by a literal. It may hold a password, so it never appears in
 * logs.
 */
public final class CommandText {
    private static final int MAX_TAG = 100;
    private static final String APPEND = "APPEND ";

    /**
     * A piece of the line up to, and without, the announcement of a literal.
     *
     * @param line well-formed text without NUL, CR and LF
     * @param literal what follows it; absent for the last piece
     */
    record Piece(String line, Optional<Literal> literal) {
        @Override
        public String toString() {
            return "Piece";
        }
    }

    private final ImmutableList<Piece> pieces;

    CommandText(ImmutableList<Piece> pieces) {
        this.pieces = pieces;
    }

    ImmutableList<Piece> pieces() {
        return pieces;
    }

    /** The only line, when there is no literal: an answer in an authentication exchange. Draft section 7.2.1. */
    public Optional<String> singleLine() {
        return pieces.size() == 1 && pieces.get(0).literal().isEmpty() ? Optional.of(pieces.get(0).line()) : Optional.empty();
    }

    /** The first word when it can be a tag. Draft section 3.2.1: "typically a short alphanumeric string". */
    public Optional<String> tag() {
        if (pieces.isEmpty()) {
            return Optional.empty();
        }
        String line = pieces.get(0).line();
        int end = line.indexOf(' ');
        String tag = end < 0 ? line : line.substring(0, end);
        boolean isTag = !tag.isEmpty() && tag.length() <= MAX_TAG && tag.indexOf('+') < 0 && Tokens.ATOM.matchesAllOf(tag);
        return isTag ? Optional.of(tag) : Optional.empty();
    }

    /** True for the one command whose literal may be larger than others: draft section 7.3.10. */
    static boolean takesMessage(String firstLine) {
        int verb = firstLine.indexOf(' ') + 1;
        return verb > 0 && firstLine.regionMatches(true, verb, APPEND, 0, APPEND.length());
    }

    @Override
    public String toString() {
        return "CommandText of " + pieces.size() + " pieces, tag " + tag().map(CharMatcher.ascii()::retainFrom).orElse("none");
    }
}
