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
package io.jamesext.dmap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.apache.james.core.Username;

import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.dime.message.OriginSigner;
import io.jamesext.dmap.dime.message.Parties;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.testing.mailbox.TestJames;

/** DIME messages between Alice of example.org, whom the server knows, and Bob of example.net, whom it does not. */
public final class Letters {
    /** Octets of the payload of each attachment of {@link #large}. */
    public static final int LARGE_ATTACHMENT = 0x500000;
    /** How many there are. */
    public static final int LARGE_ATTACHMENTS = 6;
    private static final Username ALICE = TestJames.ALICE;

    private final SecureRandom random;
    private final Organisation net = TestDime.organisation("example.net");
    private final PrivateKeys alice;
    private final PrivateKeys bob;
    private final Party atExampleOrg = new Party("example.org", TestDime.EXAMPLE_ORG.signet());
    private final Party atExampleNet = new Party("example.net", net.signet());
    private final Party aliceParty;
    private final Party bobParty;

    /** With new keys for both; Alice's are in her ring. */
    public Letters(Dime dime, long seed) {
        random = Seeded.random(seed);
        alice = TestDime.enrol(dime, ALICE);
        bob = PrivateKeys.generateUser(random);
        aliceParty = new Party(ALICE.asString(),
            SignetIssuer.user(SignetIssuer.request(alice), TestDime.EXAMPLE_ORG.keys().signingKey()));
        bobParty = new Party("bob@example.net", SignetIssuer.user(SignetIssuer.request(bob), net.keys().signingKey()));
    }

    /** Alice's private keys. */
    public PrivateKeys alice() {
        return alice;
    }

    /** Alice's signet. */
    public Signet aliceSignet() {
        return aliceParty.signet();
    }

    /** Bob's signet. */
    public Signet bobSignet() {
        return bobParty.signet();
    }

    /** From Bob to Alice, signed by Bob's organisation. */
    public Message toAlice(List<Content> contents) {
        Parties parties = new Parties(bobParty, atExampleNet, atExampleOrg, aliceParty);
        Message message = new MessageComposer(random, 500 + random.nextInt(5000)).compose(parties, contents, bob.signingKey());
        return new OriginSigner(net.keys().decryptionKey(), net.keys().signingKey()).sign(message, Set.of());
    }

    /** From Alice to Bob, not yet signed by the organisation. */
    public Message fromAlice(List<Content> contents) {
        Parties parties = new Parties(aliceParty, atExampleOrg, atExampleNet, bobParty);
        return new MessageComposer(random).compose(parties, contents, alice.signingKey());
    }

    /** Headers, texts and attachments of any size up to some thousand octets. */
    public List<Content> contents() {
        List<Content> contents = new ArrayList<>();
        contents.add(headers());
        if (random.nextBoolean()) {
            contents.add(new Content(ChunkKind.OTHER_HEADERS, "X-Mailer: none\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
        for (ChunkKind kind : List.of(ChunkKind.DISPLAY_CONTENT, ChunkKind.ATTACHMENT)) {
            for (int n = random.nextInt(4); n > 0; n--) {
                contents.add(new Content(kind, Seeded.bytes(random, random.nextInt(20_000))));
            }
        }
        return contents;
    }

    /** The common headers alone. */
    public static Content headers() {
        return new Content(ChunkKind.COMMON_HEADERS, ("Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nTo: alice@example.org\r\n"
            + "From: bob@example.net\r\nSubject: Hello\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The message with so many octets of tracing in front of it. */
    public static byte[] traced(Message message, int octets) {
        return Bytes.concat(new byte[] {0x07, 0x2D, (byte) (octets >> 8), (byte) octets}, new byte[octets], message.toBytes());
    }

    /**
     * A message that nobody can open, of seven-bit octets without line ends, so that transcripts can hold it: an ephemeral key, both
     * envelopes, common headers and two texts.
     */
    public static String inAscii() {
        StringBuilder chunks = new StringBuilder();
        int[][] shapes = {{2, 33, 0}, {4, 80, 3}, {5, 96, 3}, {33, 80, 2}, {67, 96, 2}, {67, 112, 2}};
        for (int[] shape : shapes) {
            chunks.append((char) shape[0]).append("\0\0").append((char) shape[1]);
            chunks.append("p".repeat(shape[1])).append("s".repeat(64 * shape[2]));
        }
        int length = chunks.length();
        return "\u0007\u0037\0\0" + (char) (length >> 8) + (char) (length & 0xFF) + chunks;
    }

    /** A message of 30 MB that nobody can open. The payload of each attachment is full of its number. */
    public static byte[] large() {
        ByteBuffer message = ByteBuffer.allocate(6 + 37 + 212 + LARGE_ATTACHMENTS * (4 + LARGE_ATTACHMENT + 128));
        message.putShort((short) 1847).putInt(message.capacity() - 6);
        message.putInt(2 << 24 | 33).put(new byte[33]);
        message.putInt(33 << 24 | 80).put(new byte[208]);
        for (int n = 1; n <= LARGE_ATTACHMENTS; n++) {
            byte[] payload = new byte[LARGE_ATTACHMENT];
            Arrays.fill(payload, (byte) n);
            message.putInt(131 << 24 | LARGE_ATTACHMENT).put(payload).put(new byte[128]);
        }
        return message.array();
    }
}
