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
package io.jamesext.dmap.dmtp.client;

import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableList;

/**
 * What a server says to a command.
 *
 * @param code of three digits
 * @param lines without code and separator
 */
record DmtpAnswer(int code, ImmutableList<String> lines) {
    /** Octets of a line with its end, as for commands. */
    static final int MAX_LINE = 512;
    /** Octets of an answer: a signet of the longest kind in base64. */
    static final int MAX_BYTES = 2 * SignetAnswer.MAX_BYTES;
    private static final Pattern LINE = Pattern.compile("([2-5][0-9][0-9])([ -])([ -~]*)");
    private static final int MOST_TOLD = 120;

    /** Where octets come from; -1 at the end. */
    interface Octets {
        int next() throws IOException;
    }

    /** Reads one. An IOException if it is none, or longer than it may be. */
    static DmtpAnswer read(Octets in) throws IOException {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        int octets = 0;
        int code = 0;
        while (true) {
            String line = line(in);
            octets += line.length() + 2;
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || octets > MAX_BYTES) {
                throw new IOException("not an answer, or too long a one");
            }
            int said = Integer.parseInt(matcher.group(1));
            if (code != 0 && said != code) {
                throw new IOException("an answer with two codes");
            }
            code = said;
            lines.add(matcher.group(3));
            if (matcher.group(2).equals(" ")) {
                return new DmtpAnswer(code, lines.build());
            }
        }
    }

    private static String line(Octets in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.next(); octet != '\n'; octet = in.next()) {
            if (octet < 0) {
                throw new EOFException("the server has closed");
            }
            if (line.length() == MAX_LINE - 1) {
                throw new IOException("a line without end");
            }
            line.append((char) octet);
        }
        if (line.length() == 0 || line.charAt(line.length() - 1) != '\r') {
            throw new IOException("a line ends with CRLF");
        }
        return line.substring(0, line.length() - 1);
    }

    boolean isPositive() {
        return code / 100 == 2;
    }

    /** The refusal that it is. */
    DmtpException refusal() {
        String said = lines.get(0).substring(0, Math.min(MOST_TOLD, lines.get(0).length()));
        return new DmtpException(code / 100 == 5 ? DmtpException.Kind.PERMANENT : DmtpException.Kind.TEMPORARY,
            "the other server says: " + code + " " + said);
    }
}
