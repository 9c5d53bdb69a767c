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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.mail.Flags;

import org.apache.james.core.MailAddress;
import org.apache.james.mailbox.MessageManager;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.RingKey;
import io.jamesext.dmap.ring.TestDime;
import io.jamesext.dmap.submit.TestMessages;
import io.jamesext.dmap.submit.TestQueue;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** SUBMIT of DIME messages: who may send what, and what goes out. Draft section 7.6.7, PROTOCOL.md section 9. */
@BothBackends
class SubmitDimeTest {
    private static final String ALICE = TestJames.ALICE.asString();
    private static final String FAILED = "* 5 FETCH (FLAGS ($SubmitFailed) UID ";

    @TempDir
    static Path folder;
    private DmapTestServer server;
    private TlsClient client;
    private PrivateKeys keys;
    private Signet signet;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder);
        keys = TestDime.enrol(server.services().dime(), TestJames.ALICE);
        signet = server.services().dime().signets().current(TestJames.ALICE).block();
        client = new TlsClient(server.port());
        client.logIn();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    /** Puts it into the mailbox, and gives the two lines that SUBMIT answers with, the FETCH up to the UID. */
    private List<String> submit(byte[] message, String options) throws Exception {
        Flags flags = new Flags();
        flags.add("$SubmitPending");
        server.inbox().appendMessage(MessageManager.AppendCommand.builder().withFlags(flags).build(TestMessages.wrapped(message)),
            server.alice());
        client.select("INBOX");
        client.send("s SUBMIT 5" + options + "\r\n");
        String first = client.readLine();
        return first.startsWith("s ") ? List.of(first) : List.of(first.replaceFirst("\\d+\\)$", ""), client.readUntil("s "));
    }

    private static String text(Mail mail, String attribute) {
        return AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of(attribute), String.class).orElseThrow();
    }

    private static Message unwrapped(byte[] octets) {
        int end = new String(octets, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return Message.read(Arrays.copyOfRange(octets, end, octets.length));
    }

    @Test
    void theOriginShouldSignWhatGoesOut() throws Exception {
        byte[] message = TestMessages.by(ALICE, signet, keys);
        assertThat(submit(message, "")).containsExactly("* 5 FETCH (FLAGS (\\Submitted) UID ", "s OK SUBMIT completed");

        TestQueue.Sent sent = server.queue().next();
        assertThat(sent.mail().getMaybeSender().asString()).isEqualTo(ALICE);
        assertThat(sent.mail().getRecipients()).containsExactly(new MailAddress("postmaster@example.net"));
        assertThat(text(sent.mail(), "dime.origin")).isEqualTo("example.org");
        assertThat(text(sent.mail(), "dime.destination")).isEqualTo("example.net");
        String header = new String(sent.octets(), StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2)[0];
        assertThat(header).contains("Content-Type: application/vnd.dime.message").doesNotContain("alice", "bob", "Subject");
        Organisation destination = TestMessages.EXAMPLE_NET;
        OpenMessage open = unwrapped(sent.octets()).open(Actor.DESTINATION, destination.keys().decryptionKey());
        assertThat(open.isSignedByOrigin(TestDime.EXAMPLE_ORG.signet())).isTrue();
        assertThat(open.isBounceSigned(ChunkKind.METADATA_BOUNCE_SIGNATURE, TestDime.EXAMPLE_ORG.signet())).isTrue();
        assertThat(open.isBounceSigned(ChunkKind.DISPLAY_BOUNCE_SIGNATURE, TestDime.EXAMPLE_ORG.signet())).isTrue();
        assertThat(open.destination().user()).isEqualTo("bob@example.net");
    }

    @Test
    void anAliasShouldBeAnAuthor() throws Exception {
        assertThat(submit(TestMessages.by(TestQueue.ALIAS, signet, keys), " (MOVETO Sent HOLDFOR 5)"))
            .contains("s OK SUBMIT completed");
        assertThat(server.queue().accepted()).hasSize(1);
    }

    @Test
    void anotherAuthorShouldBeRefused() throws Exception {
        assertThat(submit(TestMessages.by("bob@example.org", signet, keys), ""))
            .containsExactly(FAILED, "s NO [XBADAUTHOR] the author in the origin chunk is not the user");
    }

    @Test
    void anAuthorOfAnotherDomainShouldBeRefused() throws Exception {
        assertThat(submit(TestMessages.by("alice@example.com", signet, keys), ""))
            .containsExactly(FAILED, "s NO [XBADAUTHOR] the author in the origin chunk is not the user");
    }

    @Test
    void anOldKeyShouldBeRefused() throws Exception {
        byte[] message = TestMessages.by(ALICE, signet, keys);
        Signet renewal = SignetIssuer.renewal(PrivateKeys.generateUser(new SecureRandom()), keys.signingKey());
        server.services().dime().keys().add(TestJames.ALICE, new RingKey(TestDime.EXAMPLE_ORG.sign(renewal, TestJames.ALICE),
            Optional.empty(), Instant.now(), Optional.empty())).block();
        assertThat(submit(message, ""))
            .containsExactly(FAILED, "s NO [XBADSIGNATURE] the message is not signed with the current signing key");
    }

    @Test
    void anOldSignetOfTheKeyShouldBeRefused() throws Exception {
        Party author = new Party(ALICE, SignetIssuer.user(SignetIssuer.request(keys), TestMessages.EXAMPLE_NET.keys().signingKey()));
        assertThat(submit(TestMessages.compose(author, keys, new Party("example.org", TestDime.EXAMPLE_ORG.signet()),
            new Party("example.net", TestMessages.EXAMPLE_NET.signet())), ""))
            .containsExactly(FAILED, "s NO [XBADSIGNATURE] the origin chunk does not name the current signet");
    }

    @Test
    void anotherOrganisationAsOriginShouldBeRefused() throws Exception {
        Organisation other = TestDime.organisation("example.org");
        assertThat(submit(TestMessages.compose(new Party(ALICE, signet), keys, new Party("example.org", other.signet()),
            new Party("example.net", TestMessages.EXAMPLE_NET.signet())), ""))
            .containsExactly(FAILED, "s NO [XNOORIGIN] none of the user's domains can open the origin chunk");
    }

    @Test
    void anOldSignetOfADestinationHereShouldBeRefused() throws Exception {
        Organisation old = TestDime.organisation("example.org");
        assertThat(submit(TestMessages.compose(new Party(ALICE, signet), keys, new Party("example.org", TestDime.EXAMPLE_ORG.signet()),
            new Party("example.org", old.signet())), ""))
            .containsExactly(FAILED, "s NO [XBADMESSAGE] the message is for an old signet of the destination");
    }

    @Test
    void aDestinationThatIsNoDomainShouldBeRefused() throws Exception {
        assertThat(submit(TestMessages.compose(new Party(ALICE, signet), keys, new Party("example.org", TestDime.EXAMPLE_ORG.signet()),
            new Party("a b", TestMessages.EXAMPLE_NET.signet())), ""))
            .containsExactly(FAILED, "s NO [XBADMESSAGE] the destination is not a domain");
    }

    @Test
    void aChangedMessageShouldBeRefused() throws Exception {
        byte[] message = TestMessages.by(ALICE, signet, keys);
        int at = (int) Message.read(message).layout().find(ChunkKind.DISPLAY_CONTENT).orElseThrow().payloadStart();
        message[at] ^= 1;
        assertThat(submit(message, ""))
            .containsExactly(FAILED, "s NO [XBADSIGNATURE] the message is not signed with the current signing key");
    }

    @Test
    void whatIsNoMessageShouldBeRefused() throws Exception {
        byte[] message = TestMessages.by(ALICE, signet, keys);
        List<String> answer = submit(Arrays.copyOf(message, message.length - 10), "");
        assertThat(answer.get(0)).isEqualTo(FAILED);
        assertThat(answer.get(1)).startsWith("s NO [XBADMESSAGE] ");
        assertThat(server.queue().accepted()).isEmpty();
    }

    @Test
    void aUserWithoutKeysShouldBeRefused() throws Exception {
        byte[] message = TestMessages.by(ALICE, signet, keys);
        server.services().dime().keys().remove(TestJames.ALICE,
            server.services().dime().keys().current(TestJames.ALICE).block().id()).block();
        assertThat(submit(message, "")).containsExactly(FAILED, "s NO [XBADSIGNATURE] the user has no signing key");
    }

    @Test
    void reportsShouldBeDenied() throws Exception {
        assertThat(submit(TestMessages.by(ALICE, signet, keys), " (NOTIFY (SUCCESS))"))
            .containsExactly("s NO [POLICYDENIED] there are no reports of DIME messages");
        client.send("f FETCH 5 FLAGS\r\n");
        assertThat(client.readLine()).isEqualTo("* 5 FETCH (FLAGS (\\SubmitPending))");
        assertThat(server.queue().accepted()).isEmpty();
    }

    @Test
    void theQueueShouldKeepEveryOctet() throws Exception {
        byte[] message = TestMessages.by(ALICE, signet, keys);
        submit(message, "");
        Message sent = unwrapped(server.queue().next().octets());
        Message before = Message.read(message);
        Set<ChunkKind> signed = Set.of(ChunkKind.METADATA_BOUNCE_SIGNATURE, ChunkKind.DISPLAY_BOUNCE_SIGNATURE,
            ChunkKind.ORIGIN_SIGNATURE);
        assertThat(sent.layout().chunks()).isEqualTo(before.layout().chunks());
        before.layout().chunks().stream().filter(place -> !signed.contains(place.kind()))
            .forEach(place -> assertThat(sent.chunk(place)).isEqualTo(before.chunk(place)));
        assertThat(sent).isNotEqualTo(before);
    }
}
