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

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** Signets out of answers. PROTOCOL.md section 10.4. */
final class SignetAnswers {
    private static final Pattern HEAD = Pattern.compile("SIGNET <[!-;=?-~]{1,320}> \\[.{86}] OCTETS=\\[([0-9]{1,6})]");

    private SignetAnswers() {
    }

    /** All signets of an answer. SYNTAX if it is not made of signets, or if one of them is none. */
    static List<Signet> read(DmtpAnswer answer) {
        List<Signet> signets = new ArrayList<>();
        // The last line ends the answer.
        Iterator<String> lines = answer.lines().subList(0, answer.lines().size() - 1).iterator();
        while (lines.hasNext()) {
            Matcher head = HEAD.matcher(lines.next());
            if (!head.matches()) {
                throw malformed();
            }
            signets.add(Signet.read(octets(lines, Integer.parseInt(head.group(1)))));
        }
        return signets;
    }

    private static byte[] octets(Iterator<String> lines, int bytes) {
        if (bytes > Signet.MAX_BYTES) {
            throw malformed();
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(bytes);
        try {
            while (octets.size() < bytes && lines.hasNext()) {
                byte[] piece = Base64.getDecoder().decode(lines.next());
                octets.write(piece, 0, piece.length);
            }
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (octets.size() != bytes) {
            throw malformed();
        }
        return octets.toByteArray();
    }

    private static ProtocolException malformed() {
        return new ProtocolException(Failure.SYNTAX, "the other server's answer is not made of signets");
    }
}
