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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.dmap.dime.Armor;
import io.jamesext.dmap.dime.Seeded;
import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

class MessageTest {
    private final Cast cast = new Cast(6);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 171, 186, 187, 188, 255, 256, 65_535, 65_536, 300_000})
    void contentsOfAnySizeShouldComeBack(int size) {
        List<Content> contents = contents(size);
        Message message = Message.read(cast.sent(contents, PlainChunk.MAX_DATA_BYTES).toBytes());
        assertThat(message.layout().isComplete()).isTrue();
        for (Actor actor : List.of(Actor.AUTHOR, Actor.RECIPIENT)) {
            OpenMessage open = message.open(actor, cast.key(actor));
            same(open.contents(cast.author.signingKey().verifyingKey()), contents);
            assertThat(open.isSignedByAuthor(cast.parties.author().signet())).isTrue();
            assertThat(open.isSignedByOrigin(cast.parties.origin().signet())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 1", "16, 7", "255, 255", "256, 255", "65536, 10000", "510, 255"})
    void longContentsShouldSpanChunks(int size, int pieceBytes) {
        List<Content> contents = contents(size);
        Message message = cast.sent(contents, pieceBytes);
        long pieces = Math.max(1, (size + pieceBytes - 1) / pieceBytes);
        assertThat(message.layout().chunks().stream().filter(chunk -> chunk.kind() == ChunkKind.ATTACHMENT)).hasSize((int) (2 * pieces));
        assertThat(message.layout().find(131, 2 * pieces)).isPresent();
        assertThat(message.layout().find(131, 2 * pieces + 1)).isEmpty();
        OpenMessage open = message.open(Actor.RECIPIENT, cast.key(Actor.RECIPIENT));
        same(open.contents(cast.author.signingKey().verifyingKey()), contents);
        assertThat(open.chunk(message.layout().find(131, 1).orElseThrow()).isContinued()).isEqualTo(pieces > 1);
    }

    @ParameterizedTest
    @EnumSource(Actor.class)
    void actorsShouldReadTheChunksOfTheirSlotsAndNoOthers(Actor actor) {
        Message message = cast.sent(contents(10), 100);
        OpenMessage open = message.open(actor, cast.key(actor));
        Set<Integer> readable = message.layout().chunks().stream().filter(place -> place.kind().isContent())
            .filter(place -> opens(open, place)).map(place -> place.kind().number()).collect(Collectors.toSet());
        assertThat(readable).isEqualTo(switch (actor) {
            case AUTHOR, RECIPIENT -> Set.of(4, 5, 33, 34, 67, 131);
            case ORIGIN -> Set.of(4);
            case DESTINATION -> Set.of(5);
        });
        for (Actor other : Actor.values()) {
            if (other != actor) {
                OpenMessage wrong = message.open(actor, cast.key(other));
                assertThat(message.layout().chunks().stream().filter(place -> place.kind().isContent())
                    .filter(place -> opens(wrong, place))).isEmpty();
                assertThat(wrong.isSignedByOrigin(cast.parties.origin().signet())).isFalse();
            }
        }
    }

    @Test
    void envelopesShouldNameTheEnds() {
        Message message = cast.compose(contents(1), 100);
        Envelope origin = message.open(Actor.ORIGIN, cast.key(Actor.ORIGIN)).origin();
        assertThat(origin).isEqualTo(new Envelope("alice@example.org", fingerprint(cast.parties.author()), "example.net",
            fingerprint(cast.parties.destination())));
        Envelope destination = message.open(Actor.DESTINATION, cast.key(Actor.DESTINATION)).destination();
        assertThat(destination).isEqualTo(new Envelope("bob@example.net", fingerprint(cast.parties.recipient()), "example.org",
            fingerprint(cast.parties.origin())));
        assertThatThrownBy(() -> message.open(Actor.ORIGIN, cast.key(Actor.ORIGIN)).destination())
            .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NO_PERMISSION));
    }

    @Test
    void originShouldSignWithKeysForMessagesOnly() {
        Message message = cast.compose(contents(10), 100);
        OpenMessage unsigned = message.open(Actor.ORIGIN, cast.key(Actor.ORIGIN));
        assertThat(unsigned.isSignedByAuthor(cast.parties.author().signet())).isTrue();
        assertThat(unsigned.isSignedByOrigin(cast.parties.origin().signet())).isFalse();
        Message wrong = new OriginSigner(cast.key(Actor.ORIGIN), cast.forSignets).sign(message, Set.of());
        assertThat(wrong.open(Actor.DESTINATION, cast.key(Actor.DESTINATION)).isSignedByOrigin(cast.parties.origin().signet())).isFalse();
        Message primary = new OriginSigner(cast.key(Actor.ORIGIN), cast.origin.signingKey()).sign(message, Set.of());
        for (Actor actor : Actor.values()) {
            OpenMessage open = primary.open(actor, cast.key(actor));
            assertThat(open.isSignedByOrigin(cast.parties.origin().signet())).isTrue();
            assertThat(open.isSignedByOrigin(cast.parties.destination().signet())).isFalse();
            assertThat(open.isSignedByOrigin(cast.parties.author().signet())).isFalse();
            assertThat(open.isBounceSigned(ChunkKind.METADATA_BOUNCE_SIGNATURE, cast.parties.origin().signet())).isFalse();
        }
        assertThat(primary.layout().find(248, 1)).isEmpty();
        assertThat(primary.layout().isComplete()).isTrue();
    }

    @Test
    void bounceSignaturesShouldCoverWhatComesBack() {
        for (ChunkKind bounce : List.of(ChunkKind.METADATA_BOUNCE_SIGNATURE, ChunkKind.DISPLAY_BOUNCE_SIGNATURE)) {
            Message message = new OriginSigner(cast.key(Actor.ORIGIN), cast.forMessages)
                .sign(cast.compose(contents(10), 100), Set.of(bounce));
            Message back = Messages.keep(message, place -> place.kind() == bounce || place.kind().compareTo(
                bounce == ChunkKind.METADATA_BOUNCE_SIGNATURE ? ChunkKind.OTHER_HEADERS : ChunkKind.DISPLAY_CONTENT) <= 0);
            OpenMessage open = back.open(Actor.AUTHOR, cast.key(Actor.AUTHOR));
            assertThat(open.isBounceSigned(bounce, cast.parties.origin().signet())).isTrue();
            assertThat(open.isSignedByOrigin(cast.parties.origin().signet())).isFalse();
            assertThat(open.isSignedByAuthor(cast.parties.author().signet())).isFalse();
            Message shorter = Messages.keep(back, place -> place.kind() != ChunkKind.OTHER_HEADERS);
            assertThat(shorter.open(Actor.AUTHOR, cast.key(Actor.AUTHOR)).isBounceSigned(bounce, cast.parties.origin().signet())).isFalse();
        }
    }

    @Test
    void chunksShouldOpenAlone() {
        Message message = cast.sent(contents(300), 200);
        ChunkOpener opener = message.opener(Actor.RECIPIENT, cast.key(Actor.RECIPIENT));
        ChunkPlace place = message.layout().find(67, 1).orElseThrow();
        PlainChunk chunk = opener.open(message.chunk(place));
        assertThat(chunk.data()).isEqualTo(contents(300).get(2).data());
        assertThat(chunk.isSignedBy(cast.author.signingKey().verifyingKey())).isTrue();
        assertThat(chunk.isSignedBy(cast.recipient.signingKey().verifyingKey())).isFalse();
        assertThat(chunk.isCompressed()).isFalse();
        byte[] octets = message.chunk(place);
        for (int size : new int[] {0, 1, 4, 80, octets.length - 64, octets.length - 1}) {
            assertThatThrownBy(() -> opener.open(Arrays.copyOf(octets, size))).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> opener.open(message.chunk(message.layout().find(255, 1).orElseThrow())))
            .isInstanceOf(ProtocolException.class);
    }

    /** All four together, for in the last chunk everyone sees to the own slot alone. */
    @Test
    void eachChangedOctetShouldBeFound() {
        byte[] octets = cast.sent(List.of(Cast.headers(), new Content(ChunkKind.DISPLAY_CONTENT, new byte[3])), 100).toBytes();
        assertThat(isAcceptedByAll(octets)).isTrue();
        for (int i = 0; i < octets.length; i++) {
            byte[] changed = octets.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(isAcceptedByAll(changed)).as("octet %d", i).isFalse();
        }
    }

    @Test
    void swappedChunksShouldBeFound() {
        Message message = cast.sent(contents(10), 100);
        List<ChunkPlace> attachments = message.layout().chunks().stream().filter(place -> place.kind() == ChunkKind.ATTACHMENT).toList();
        byte[] octets = message.toBytes();
        byte[] first = message.chunk(attachments.get(0));
        byte[] second = message.chunk(attachments.get(1));
        int start = (int) attachments.get(0).start();
        System.arraycopy(second, 0, octets, start, second.length);
        System.arraycopy(first, 0, octets, start + second.length, first.length);
        OpenMessage open = Message.read(octets).open(Actor.RECIPIENT, cast.key(Actor.RECIPIENT));
        assertThat(open.contents(cast.author.signingKey().verifyingKey())).hasSize(5);
        assertThat(open.isSignedByAuthor(cast.parties.author().signet())).isFalse();
        assertThat(open.isSignedByOrigin(cast.parties.origin().signet())).isFalse();
    }

    @Test
    void contentsOfAnotherAuthorShouldBeRefused() {
        OpenMessage open = cast.sent(contents(10), 100).open(Actor.RECIPIENT, cast.key(Actor.RECIPIENT));
        assertThatThrownBy(() -> open.contents(cast.recipient.signingKey().verifyingKey())).isInstanceOf(ProtocolException.class)
            .hasMessageContaining("not signed");
        assertThat(open.isSignedByAuthor(cast.parties.recipient().signet())).isFalse();
    }

    @Test
    void impossibleMessagesShouldNotBeWritten() {
        Content headers = Cast.headers();
        refused(List.of(), Failure.SYNTAX);
        refused(List.of(headers, headers), Failure.SYNTAX);
        Content other = new Content(ChunkKind.OTHER_HEADERS, new byte[0]);
        refused(List.of(headers, other, other), Failure.SYNTAX);
        byte[] huge = new byte[PlainChunk.MAX_DATA_BYTES + 1];
        refused(List.of(headers, new Content(ChunkKind.OTHER_HEADERS, huge)), Failure.TOO_BIG);
        refused(List.of(headers, content(huge), content(huge), content(huge), content(huge), content(huge)), Failure.TOO_BIG);
        assertThatThrownBy(() -> new Content(ChunkKind.ORIGIN, new byte[0])).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new MessageComposer(cast.random).compose(cast.parties, List.of(headers), cast.recipient.signingKey()))
            .isInstanceOf(ProtocolException.class);
        Parties parties = cast.parties;
        assertThatThrownBy(() -> new Parties(parties.origin(), parties.origin(), parties.destination(), parties.recipient()))
            .isInstanceOf(ProtocolException.class);
        Fingerprint fingerprint = fingerprint(parties.author());
        for (String name : List.of("", "a>b", "a\r\nb", "ö", "x".repeat(513))) {
            assertThatThrownBy(() -> new Envelope(name, fingerprint, "b", fingerprint)).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> new Envelope("b", fingerprint, name, fingerprint)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void theLargestChunkShouldBeWrittenAndRead() {
        byte[] data = Seeded.bytes(cast.random, PlainChunk.MAX_DATA_BYTES + 1);
        Message message = new MessageComposer(cast.random).compose(cast.parties, List.of(Cast.headers(), content(data)),
            cast.author.signingKey());
        assertThat(message.layout().chunks().stream().filter(place -> place.kind() == ChunkKind.ATTACHMENT)).hasSize(2);
        assertThat(message.open(Actor.RECIPIENT, cast.key(Actor.RECIPIENT)).contents(cast.author.signingKey().verifyingKey()).get(1).data())
            .isEqualTo(data);
    }

    @Test
    void incompleteMessagesShouldNotBeSignedByTheOrigin() {
        Message message = cast.compose(contents(1), 100);
        OriginSigner signer = new OriginSigner(cast.key(Actor.ORIGIN), cast.forMessages);
        for (ChunkPlace missing : message.layout().chunks()) {
            Message part = Messages.keep(message, place -> !place.equals(missing));
            boolean needed = missing.kind().isRequired() || missing.kind() == ChunkKind.METADATA_BOUNCE_SIGNATURE;
            if (needed) {
                assertThatThrownBy(() -> signer.sign(part, Set.of(ChunkKind.METADATA_BOUNCE_SIGNATURE)))
                    .isInstanceOf(ProtocolException.class);
            } else {
                assertThat(signer.sign(part, Set.of(ChunkKind.METADATA_BOUNCE_SIGNATURE)).layout().isComplete()).isTrue();
            }
        }
    }

    @Test
    void armourShouldCarryMessages() {
        byte[] octets = cast.sent(contents(100), 100).toBytes();
        assertThat(Armor.decode(Armor.encode(octets), octets.length)).isEqualTo(octets);
    }

    private boolean isAcceptedByAll(byte[] octets) {
        try {
            Message message = Message.read(octets);
            for (Actor actor : List.of(Actor.RECIPIENT, Actor.DESTINATION, Actor.ORIGIN, Actor.AUTHOR)) {
                OpenMessage open = message.open(actor, cast.key(actor));
                if (!open.isSignedByOrigin(cast.parties.origin().signet())
                    || actor != Actor.DESTINATION && !open.isSignedByAuthor(cast.parties.author().signet())) {
                    return false;
                }
            }
            return true;
        } catch (ProtocolException e) {
            assertThat(e.failure()).isIn(Failure.SYNTAX, Failure.NO_PERMISSION);
            return false;
        }
    }

    /** Whether the chunk is the author's with this key. */
    private boolean opens(OpenMessage open, ChunkPlace place) {
        try {
            return open.chunk(place).isSignedBy(cast.author.signingKey().verifyingKey());
        } catch (ProtocolException e) {
            assertThat(e.failure()).isEqualTo(Failure.NO_PERMISSION);
            return false;
        }
    }

    private List<Content> contents(int size) {
        List<Content> contents = new ArrayList<>();
        contents.add(Cast.headers());
        contents.add(new Content(ChunkKind.OTHER_HEADERS, new byte[] {'X', ':', '\r', '\n'}));
        contents.add(new Content(ChunkKind.DISPLAY_CONTENT, new byte[] {'H', 'i'}));
        contents.add(content(Seeded.bytes(Seeded.random(size), size)));
        contents.add(content(Seeded.bytes(Seeded.random(size + 1L), size)));
        return contents;
    }

    private static Content content(byte[] data) {
        return new Content(ChunkKind.ATTACHMENT, data);
    }

    private void refused(List<Content> contents, Failure failure) {
        assertThatThrownBy(() -> cast.compose(contents, PlainChunk.MAX_DATA_BYTES)).isInstanceOfSatisfying(ProtocolException.class,
            e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private static void same(List<Content> one, List<Content> other) {
        assertThat(one.stream().map(Content::kind).toList()).isEqualTo(other.stream().map(Content::kind).toList());
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i).data()).isEqualTo(other.get(i).data());
        }
    }

    private static Fingerprint fingerprint(Party party) {
        return party.signet().fingerprint(SignetLevel.CRYPTO);
    }
}
