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
package io.jamesext.dmap.dime.message;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * What the origin or the destination chunk says: a user of the organisation that can read it, and the organisation at the other end,
 * each with the fingerprint of the signet (level CRYPTO) that the author used. PROTOCOL.md section 5.7.
 *
 * @param user the author's address in the origin chunk, the recipient's in the destination chunk
 * @param userSignet the user's signet
 * @param organisation the destination's domain in the origin chunk, the origin's in the destination chunk
 * @param organisationSignet the organisation's signet
 */
public record Envelope(String user, Fingerprint userSignet, String organisation, Fingerprint organisationSignet) {
    private static final Pattern NAME = Pattern.compile("[ -=?-~]{1,512}");
    private static final String FORM = "%s: <%s>\r\n%s-Signet: [%s]\r\n%s: <%s>\r\n%s-Signet: [%s]\r\n";
    private static final Pattern ORIGIN = pattern("Author", "Destination");
    private static final Pattern DESTINATION = pattern("Recipient", "Origin");

    /** Checks that the names are 1 to 512 characters of printable ASCII without {@code >}. */
    public Envelope {
        if (!NAME.matcher(user).matches() || !NAME.matcher(organisation).matches()) {
            throw new ProtocolException(Failure.SYNTAX, "an address or a domain has characters that it cannot have, or is too long");
        }
    }

    /** The envelope in the chunk's data. SYNTAX if it has not exactly the four lines. */
    public static Envelope read(PlainChunk chunk) {
        if (chunk.kind() != ChunkKind.ORIGIN && chunk.kind() != ChunkKind.DESTINATION) {
            throw new ProtocolException(Failure.SYNTAX, "the chunk is no envelope");
        }
        Pattern pattern = chunk.kind() == ChunkKind.ORIGIN ? ORIGIN : DESTINATION;
        Matcher matcher = pattern.matcher(new String(chunk.data(), StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            throw new ProtocolException(Failure.SYNTAX, "the envelope of the message has not its four lines");
        }
        return new Envelope(matcher.group(1), Fingerprint.parse(matcher.group(2)), matcher.group(3), Fingerprint.parse(matcher.group(4)));
    }

    byte[] toBytes(ChunkKind kind) {
        String one = kind == ChunkKind.ORIGIN ? "Author" : "Recipient";
        String other = kind == ChunkKind.ORIGIN ? "Destination" : "Origin";
        return FORM.formatted(one, user, one, userSignet, other, organisation, other, organisationSignet)
            .getBytes(StandardCharsets.US_ASCII);
    }

    private static Pattern pattern(String one, String other) {
        return Pattern.compile("%s: <([^>]{1,512})>\r\n%s-Signet: \\[(.{86})\\]\r\n%s: <([^>]{1,512})>\r\n%s-Signet: \\[(.{86})\\]\r\n"
            .formatted(one, one, other, other));
    }
}
