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

import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Reads a command's arguments from left to right. AGAP section 4.1: exactly one 0x20 stands before each argument; section 5.5.3: more
 * than one may be answered with 511, and here it is.
 */
public final class LineReader {
    private final String text;
    private int position;

    LineReader(String text, int position) {
        this.text = text;
        this.position = position;
    }

    /**
     * For commands that need an argument. The draft's examples answer a bare command with 510 and one with too few arguments with 511:
     * sections 4.6, 4.28 and 6.
     */
    public LineReader requireArguments() {
        if (position == text.length()) {
            throw new ProtocolException(Failure.UNKNOWN_COMMAND, "UNKNOWN command (its arguments are missing)");
        }
        return this;
    }

    /** True when nothing is left. */
    public boolean atEnd() {
        return position == text.length();
    }

    /** The next argument, or empty when there is none in its proper form; then nothing is consumed. */
    public Optional<String> atom() {
        int start = position + 1;
        if (start >= text.length() || text.charAt(position) != ' ' || text.charAt(start) == ' ') {
            return Optional.empty();
        }
        int space = text.indexOf(' ', start);
        position = space < 0 ? text.length() : space;
        return Optional.of(text.substring(start, position));
    }

    /** The next argument, which must be there; {@code what} names it to the client. */
    public String expectAtom(String what) {
        return atom().orElseThrow(() -> expected(what));
    }

    /**
     * All that is left as one argument: a path, which may hold spaces and is always last (section 2.9.1). It does not begin with a
     * space, for that would be two spaces in a row.
     */
    public String expectRest(String what) {
        int start = position + 1;
        if (start >= text.length() || text.charAt(start) == ' ') {
            throw expected(what);
        }
        return expectVerbatim(what);
    }

    /** All that is left after one space, as it is: a password. */
    public String expectVerbatim(String what) {
        if (atEnd()) {
            throw expected(what);
        }
        String rest = text.substring(position + 1);
        position = text.length();
        return rest;
    }

    /** Refuses whatever is left. */
    public void expectEnd() {
        if (!atEnd()) {
            throw new ProtocolException(Failure.SYNTAX, "INVALID parameter (one too many, or more than one space)");
        }
    }

    private ProtocolException expected(String what) {
        return new ProtocolException(Failure.SYNTAX,
            atEnd() ? "INVALID parameter (" + what + " is missing)" : "INVALID parameter (" + what + " expected after one space)");
    }
}
