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
package io.jamesext.dmap.dmtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetLevel;

/** Signets as replies: a line that names one, then its octets in base64. PROTOCOL.md section 10.4. */
public final class SignetReplies {
    /** Octets in a line: 480 characters of base64, so that no line is longer than those of commands. */
    private static final int LINE_BYTES = 360;

    private SignetReplies() {
    }

    /**
     * One signet, as a part of an answer.
     *
     * @param name whose it is: an address or a domain
     */
    public static DmtpReply part(String name, Signet signet) {
        byte[] octets = signet.toBytes();
        List<String> lines = new ArrayList<>();
        lines.add("SIGNET <" + name + "> [" + signet.fingerprint(SignetLevel.CRYPTO) + "] OCTETS=[" + octets.length + "]");
        for (int from = 0; from < octets.length; from += LINE_BYTES) {
            byte[] piece = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + LINE_BYTES));
            lines.add(Base64.getEncoder().encodeToString(piece));
        }
        return DmtpReply.part(250, lines);
    }
}
