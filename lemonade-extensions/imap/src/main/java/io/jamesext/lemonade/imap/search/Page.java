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
package io.jamesext.lemonade.imap.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;

/**
 * A part of the results by their positions: 1 is the first, or, counted from the end, -1 the last. RFC 5267 section 4.4, RFC 9394
 * section 4: {@code partial-range = nz-number ":" nz-number / "-" nz-number ":" "-" nz-number}.
 *
 * @param from as the client wrote it, which may be more than {@code to}: 500:400 is the same as 400:500
 * @param fromEnd whether both are counted from the end
 */
public record Page(long from, long to, boolean fromEnd) {
    private static final long MAX_NUMBER = 0xFFFF_FFFFL;
    private static final Pattern SYNTAX = Pattern.compile("(-?)([1-9][0-9]{0,9}):\\1([1-9][0-9]{0,9})");

    public Page {
        if (Math.min(from, to) < 1 || Math.max(from, to) > MAX_NUMBER) {
            throw new IllegalArgumentException("positions are nz-numbers");
        }
    }

    /** Of what stands behind PARTIAL. */
    public static Page parse(String text) throws DecodingException {
        Matcher range = SYNTAX.matcher(text);
        if (!range.matches()) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Expected a range of positions");
        }
        long from = Long.parseLong(range.group(2));
        long to = Long.parseLong(range.group(3));
        if (Math.max(from, to) > MAX_NUMBER) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "A position is too large");
        }
        return new Page(from, to, !range.group(1).isEmpty());
    }

    /** How many of so many results stand before it. */
    public int begin(int size) {
        return (int) (fromEnd ? Math.max(0, size - Math.max(from, to)) : Math.min(size, Math.min(from, to) - 1));
    }

    /** How many of so many results stand before its end; not less than {@link #begin}. */
    public int end(int size) {
        return (int) (fromEnd ? Math.max(0, size - Math.min(from, to) + 1) : Math.min(size, Math.max(from, to)));
    }

    /** As it was requested, for so it is told. */
    @Override
    public String toString() {
        String sign = fromEnd ? "-" : "";
        return sign + from + ":" + sign + to;
    }
}
