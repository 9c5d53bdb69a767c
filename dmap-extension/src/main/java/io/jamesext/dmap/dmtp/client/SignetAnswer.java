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
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/** The signet in an answer. PROTOCOL.md section 10.4. */
final class SignetAnswer {
    /** Octets of a signet, as for those that users pin: there may be many of others in memory. */
    static final int MAX_BYTES = 64 * 1024;
    private static final Pattern HEAD = Pattern.compile("SIGNET <[!-;=?-~]{1,320}> \\[.{86}] OCTETS=\\[([0-9]{1,6})]");

    private SignetAnswer() {
    }

    /** The signet. SYNTAX if the answer is not one signet that is in order. */
    static Signet read(DmtpAnswer answer) {
        Matcher head = HEAD.matcher(answer.lines().get(0));
        if (!head.matches()) {
            throw malformed();
        }
        int bytes = Integer.parseInt(head.group(1));
        if (bytes > MAX_BYTES) {
            throw new ProtocolException(Failure.TOO_BIG, "the other server's signet has more than " + MAX_BYTES + " octets");
        }
        // Behind the octets stands the line that ends the answer.
        return Signet.read(octets(answer.lines().subList(1, Math.max(1, answer.lines().size() - 1)), bytes));
    }

    private static byte[] octets(List<String> lines, int bytes) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(bytes);
        try {
            for (String line : lines) {
                octets.writeBytes(Base64.getDecoder().decode(line));
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
        return new ProtocolException(Failure.SYNTAX, "the other server's answer is not a signet");
    }
}
