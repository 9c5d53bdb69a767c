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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.Header;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.ChunkPlace;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

/** DIME messages that a client appends, as it and others see them afterwards. PROTOCOL.md section 8. */
@BothBackends
class DimeMessagesTest {
    @TempDir
    static Path folder;

    private final long seed = new Random().nextLong();
    private DmapTestServer server;
    private TlsClient client;
    private Letters letters;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder);
        client = new TlsClient(server.port());
        client.logIn();
        letters = new Letters(server.services().dime(), seed);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private void append(String arguments, byte[] message) throws Exception {
        assertThat(BinaryAnswer.append(client, arguments, message)).as("seed " + seed)
            .matches("P OK \\[APPENDUID \\d+ \\d+] APPEND completed");
    }

    private BinaryAnswer fetch(String items) throws Exception {
        return BinaryAnswer.to(client, "FETCH * " + items);
    }

    private MessageResult stored(MessageManager mailbox) throws Exception {
        return Flux.from(mailbox.getMessagesReactive(MessageRange.all(), FetchGroup.FULL_CONTENT, server.alice())).blockLast();
    }

    private String keyField(MessageManager mailbox) throws Exception {
        return ImmutableList.copyOf(stored(mailbox).getHeaders().headers()).stream()
            .filter(header -> header.getName().equals(DimeWrapper.KEY_FIELD)).map(Header::getValue).findFirst().orElse("none");
    }

    private RingKey ringKey() {
        return server.services().dime().keys().current(TestJames.ALICE).blockOptional().orElseThrow();
    }

    /** What one client brings, another one has, chunk by chunk; and only the key opens it. */
    @Test
    void messagesShouldComeBackOctetByOctet() throws Exception {
        Random random = new Random(seed);
        try (TlsClient reader = new TlsClient(server.port())) {
            reader.logIn();
            for (int run = 0; run < 12; run++) {
                List<Content> contents = letters.contents();
                Message message = letters.toAlice(contents);
                byte[] octets = random.nextBoolean() ? message.toBytes() : Letters.traced(message, 1 + random.nextInt(300));
                append("INBOX", octets);
                reader.select("INBOX");
                shouldBeSeen(octets, reader);
                shouldBeOpened(reader, contents);
            }
        }
    }

    private void shouldBeSeen(byte[] octets, TlsClient reader) throws Exception {
        MessageLayout layout = MessageLayout.read(new ByteArrayInputStream(octets));
        String structure = layout.chunks().stream().map(place -> "(" + place.kind().number() + " " + place.bytes() + ")")
            .collect(Collectors.joining(" "));
        BinaryAnswer whole = BinaryAnswer.to(reader, "FETCH * (SIZE BODYSTRUCTURE BODY.PEEK[])");
        assertThat(whole.text()).as("seed " + seed).contains(
            " FETCH (SIZE " + octets.length + " BODYSTRUCTURE (" + structure + ") BODY[] ~{" + octets.length + "}\n)\n");
        assertThat(whole.literals()).as("seed " + seed).containsExactly(octets);
        List<byte[]> pieces = new ArrayList<>();
        // One list has no more items: PROTOCOL.md section 3.10.
        for (List<ChunkPlace> places : Lists.partition(layout.chunks(), 100)) {
            BinaryAnswer chunks = BinaryAnswer.to(reader,
                places.stream().map(place -> "BODY.PEEK[" + place + "]").collect(Collectors.joining(" ", "FETCH * (", ")")));
            assertThat(chunks.literals()).as("seed " + seed + ", " + chunks.completion()).containsExactlyElementsOf(
                Lists.transform(places, place -> Arrays.copyOfRange(octets, (int) place.start(), (int) place.end())));
            pieces.addAll(chunks.literals());
        }
        int head = layout.start() == 0 ? 0 : 1;
        pieces.add(head, Arrays.copyOfRange(octets, (int) layout.start(), (int) layout.start() + 6));
        assertThat(Bytes.concat(pieces.toArray(new byte[0][]))).as("seed " + seed).isEqualTo(octets);
    }

    private void shouldBeOpened(TlsClient reader, List<Content> contents) throws Exception {
        OpenMessage opened = Message.read(BinaryAnswer.to(reader, "FETCH * BODY.PEEK[]").literals().get(0))
            .open(Actor.RECIPIENT, letters.alice().decryptionKey());
        assertThat(opened.isSignedByAuthor(letters.bobSignet())).isTrue();
        List<Content> read = opened.contents(letters.bobSignet().signingKey());
        assertThat(read).hasSameSizeAs(contents);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).data()).as("seed " + seed).isEqualTo(contents.get(i).data());
        }
    }

    @Test
    void partsOfChunksShouldBeCutOut() throws Exception {
        Message message = letters.toAlice(List.of(Letters.headers(), new Content(ChunkKind.ATTACHMENT, new byte[9000])));
        append("INBOX", message.toBytes());
        client.select("INBOX");
        ChunkPlace place = message.layout().find(ChunkKind.ATTACHMENT).orElseThrow();
        byte[] chunk = message.chunk(place);
        BinaryAnswer parts = fetch("(BODY.PEEK[131.1]<0.10> BODY.PEEK[131.1]<100.60> BODY.PEEK[131.1]<" + (chunk.length - 5)
            + ".100> BODY.PEEK[131.1]<999999.1> BODY.PEEK[]<" + place.start() + ".4>)");
        assertThat(parts.literals()).containsExactly(Arrays.copyOf(chunk, 10), Arrays.copyOfRange(chunk, 100, 160),
            Arrays.copyOfRange(chunk, chunk.length - 5, chunk.length), new byte[0], Arrays.copyOf(chunk, 4));
        assertThat(fetch("(BODY.PEEK[131.99] BODY.PEEK[0.1] BODY.PEEK[1.1])").text())
            .endsWith(" FETCH (BODY[131.99] NIL BODY[0.1] NIL BODY[1.1] NIL)\n");
        // The headers of plain mail are read without its content: here they are chunks like others.
        assertThat(fetch("BODY.PEEK[33.1]").literals()).containsExactly(
            message.chunk(message.layout().find(ChunkKind.COMMON_HEADERS).orElseThrow()));
    }

    @Test
    void theKeyShouldBeFoundByTheOrganisation() throws Exception {
        String key = DimeWrapper.keyName(ringKey().id());
        append("INBOX", letters.toAlice(letters.contents()).toBytes());
        assertThat(keyField(server.inbox())).isEqualTo(key);
        append("Sent", letters.fromAlice(letters.contents()).toBytes());
        MessageManager sent = server.james().mailboxManager().getMailbox(MailboxPath.forUser(TestJames.ALICE, "Sent"), server.alice());
        assertThat(keyField(sent)).isEqualTo(key);
        append("INBOX", Letters.inAscii().getBytes(StandardCharsets.US_ASCII));
        assertThat(keyField(server.inbox())).isEqualTo("none");
        append("INBOX KEYID " + ringKey().id(), Letters.inAscii().getBytes(StandardCharsets.US_ASCII));
        assertThat(keyField(server.inbox())).isEqualTo(key);
        // One that was written with a key which the ring no longer has.
        server.services().dime().keys().remove(TestJames.ALICE, ringKey().id()).block();
        append("INBOX", letters.toAlice(letters.contents()).toBytes());
        assertThat(keyField(server.inbox())).isEqualTo("none");
    }

    @Test
    void anUnknownKeyShouldBeRefusedBeforeTheMessageComes() throws Exception {
        String id = ringKey().id().toString();
        server.services().dime().keys().remove(TestJames.ALICE, ringKey().id()).block();
        client.send("A1 APPEND INBOX KEYID " + id + " ~{100000}\r\n");
        assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
        assertThat(client.readLine()).isEqualTo("A1 NO [NONEXISTENT] there is no key with this id");
        client.send(new byte[100_000]);
        client.send("\r\nA2 STATUS INBOX (MESSAGES)\r\n");
        assertThat(client.readLine()).isEqualTo("* STATUS INBOX (MESSAGES 4)");
    }

    @Test
    void aPlainMessageWithAKeyShouldBeRefusedAtItsBeginning() throws Exception {
        client.send("A1 APPEND INBOX KEYID " + ringKey().id() + " ~{100000}\r\n");
        assertThat(client.readLine()).isEqualTo("+ Ready for the literal");
        client.send("Subject: x");
        assertThat(client.readLine()).isEqualTo("A1 NO [CANNOT] only a DIME message has a key, and this is none");
        client.send(new byte[99_990]);
        client.send("\r\nA2 STATUS INBOX (MESSAGES)\r\n");
        assertThat(client.readLine()).isEqualTo("* STATUS INBOX (MESSAGES 4)");
    }

    /** What came by other ways than APPEND. */
    @Test
    void deliveryMayHaveAddedToTheHeader() throws Exception {
        byte[] octets = letters.toAlice(letters.contents()).toBytes();
        String added = "Return-Path: <bob@example.net>\r\nDelivered-To: alice@example.org\r\n";
        byte[] header = Bytes.concat(added.getBytes(StandardCharsets.US_ASCII),
            DimeWrapper.header(Instant.now(), octets, Optional.of(ringKey().id())));
        appendByJames(Bytes.concat(header, octets));
        client.select("INBOX");
        BinaryAnswer answer = fetch("(SIZE BODY.PEEK[])");
        assertThat(answer.text()).contains("(SIZE " + octets.length + " ");
        assertThat(answer.literals()).containsExactly(octets);
    }

    @Test
    void whatOnlySaysThatItIsDimeShouldBePlain() throws Exception {
        byte[] octets = letters.toAlice(letters.contents()).toBytes();
        byte[] header = DimeWrapper.header(Instant.now(), octets, Optional.empty());
        byte[] lies = Arrays.copyOf(octets, octets.length + 1);
        for (byte[] content : List.of(lies, new byte[0], Arrays.copyOf(octets, octets.length - 1))) {
            byte[] message = Bytes.concat(header, content);
            appendByJames(message);
            client.select("INBOX");
            BinaryAnswer answer = fetch("(BODYSTRUCTURE BODY.PEEK[33.1] BODY.PEEK[])");
            assertThat(answer.text()).contains("BODYSTRUCTURE ((33 ").doesNotContain("(2 37)");
            assertThat(answer.literals().get(1)).isEqualTo(message);
            assertThat(fetch("(SIZE BODY.PEEK[34.1])").completion()).isEqualTo("B OK FETCH completed");
        }
        // Encoded, with another type, or with more header than delivery writes: a message like others.
        String text = new String(header, StandardCharsets.US_ASCII);
        for (String other : List.of(text.replace(": binary", ": base64"), text.replace("vnd.dime", "vnd.other"),
            "X-Pad: " + "x".repeat(DimeWrapper.MAX_HEADER_BYTES) + "\r\n" + text)) {
            byte[] message = Bytes.concat(other.getBytes(StandardCharsets.US_ASCII), octets);
            appendByJames(message);
            client.select("INBOX");
            assertThat(fetch("(SIZE)").text()).endsWith("(SIZE " + message.length + ")\n");
            assertThat(fetch("BODY.PEEK[]").literals()).containsExactly(message);
        }
    }

    @Test
    void sizesShouldBeSearchedAsTheyAreShown() throws Exception {
        byte[] octets = letters.toAlice(letters.contents()).toBytes();
        append("INBOX", octets);
        client.select("INBOX");
        int size = octets.length;
        for (String found : List.of("LARGER " + (size - 1), "SMALLER " + (size + 1), "NOT LARGER " + size, "NOT SMALLER " + size)) {
            assertThat(BinaryAnswer.to(client, "UID SEARCH UID * " + found).text()).as(found).matches("\\* SEARCH \\d+\n");
        }
        for (String missed : List.of("LARGER " + size, "SMALLER " + size, "LARGER " + (size + 100))) {
            assertThat(BinaryAnswer.to(client, "UID SEARCH UID * " + missed).text()).as(missed).isEqualTo("* SEARCH\n");
        }
    }

    @Test
    void copiesShouldBeWhatTheyWere() throws Exception {
        byte[] octets = letters.toAlice(letters.contents()).toBytes();
        append("INBOX", octets);
        String key = keyField(server.inbox());
        MailboxPath target = MailboxPath.forUser(TestJames.ALICE, "blurdybloop");
        for (String verb : List.of("COPY", "MOVE")) {
            client.select("INBOX");
            assertThat(BinaryAnswer.to(client, verb + " * blurdybloop").completion()).startsWith("B OK");
            client.select("blurdybloop");
            assertThat(fetch("BODY.PEEK[]").literals()).as(verb).containsExactly(octets);
            assertThat(keyField(server.james().mailboxManager().getMailbox(target, server.alice()))).as(verb).isEqualTo(key);
        }
    }

    @Test
    void imapShouldSeeAnAttachmentThatItCannotOpen() throws Exception {
        byte[] octets = letters.toAlice(letters.contents()).toBytes();
        append("INBOX", octets);
        MessageResult message = stored(server.inbox());
        assertThat(message.getMimeDescriptor().getMimeType() + "/" + message.getMimeDescriptor().getMimeSubType())
            .isEqualTo(DimeWrapper.MEDIA_TYPE);
        assertThat(message.getMimeDescriptor().getTransferContentEncoding()).isEqualTo("binary");
        assertThat(message.getMimeDescriptor().getBodyOctets()).isEqualTo(octets.length);
        assertThat(ImmutableList.copyOf(message.getHeaders().headers())).extracting(Header::getName)
            .containsExactly("MIME-Version", "Date", "Message-ID", "X-Dime-Key", "Content-Type", "Content-Transfer-Encoding");
    }

    @Test
    void structureShouldComeInOctets() throws Exception {
        Message message = letters.toAlice(letters.contents());
        append("INBOX", message.toBytes());
        client.send("E ENABLE BINARYSTRUCT\r\n");
        assertThat(client.readLine()).isEqualTo("* ENABLED BINARYSTRUCT");
        client.select("INBOX");
        byte[] structure = fetch("BODYSTRUCTURE").literals().get(0);
        assertThat(structure).hasSize(4 * message.layout().chunks().size());
        for (int i = 0; i < message.layout().chunks().size(); i++) {
            ChunkPlace place = message.layout().chunks().get(i);
            assertThat(Arrays.copyOfRange(structure, 4 * i, 4 * i + 4)).isEqualTo(new byte[] {(byte) place.kind().number(),
                (byte) (place.bytes() >> 16), (byte) (place.bytes() >> 8), (byte) place.bytes()});
        }
    }

    /** They are read from James several at once while they are small. */
    @Test
    void messagesOfAllSizesShouldComeInTheirOrder() throws Exception {
        List<byte[]> messages = new ArrayList<>();
        List<byte[]> headers = new ArrayList<>();
        client.select("blurdybloop");
        for (int octets : new int[] {10, 900_000, 200_000, 10, 1_500_000, 60_000, 10, 10, 100_000}) {
            Message message = letters.fromAlice(List.of(Letters.headers(), new Content(ChunkKind.ATTACHMENT, new byte[octets])));
            append("blurdybloop", message.toBytes());
            messages.add(message.toBytes());
            headers.add(message.chunk(message.layout().find(ChunkKind.COMMON_HEADERS).orElseThrow()));
            byte[] plain = "Subject: plain\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
            append("blurdybloop", plain);
            messages.add(plain);
            headers.add("Subject: plain\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        client.send("D1 STORE 8 +FLAGS.SILENT (\\Deleted)\r\nD2 EXPUNGE\r\n");
        client.readUntil("D2 OK");
        messages.remove(7);
        headers.remove(7);
        shouldBeEqual(BinaryAnswer.to(client, "FETCH 1:* (BODY.PEEK[])"), messages);
        shouldBeEqual(BinaryAnswer.to(client, "FETCH 1:* (BODY.PEEK[33.1])"), headers);
        shouldBeEqual(BinaryAnswer.to(client, "FETCH 1:* (BODY.PEEK[]) (CHANGEDSINCE 1)"), messages);
        assertThat(BinaryAnswer.to(client, "FETCH 1:* (SIZE)").text()).isEqualTo(IntStream.range(0, messages.size())
            .mapToObj(i -> "* " + (i + 1) + " FETCH (SIZE " + messages.get(i).length + ")\n").collect(Collectors.joining()));
    }

    private static void shouldBeEqual(BinaryAnswer answer, List<byte[]> expected) {
        assertThat(answer.literals()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Arrays.equals(answer.literals().get(i), expected.get(i))).as("message " + (i + 1)).isTrue();
        }
    }

    private void appendByJames(byte[] message) throws Exception {
        server.inbox().appendMessage(MessageManager.AppendCommand.builder().build(message), server.alice());
    }
}
