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
package io.jamesext.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.core.Username;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.jamesext.dmap.dime.message.Actor;
import io.jamesext.dmap.dime.message.ChunkKind;
import io.jamesext.dmap.dime.message.Content;
import io.jamesext.dmap.dime.message.Message;
import io.jamesext.dmap.dime.message.MessageComposer;
import io.jamesext.dmap.dime.message.OpenMessage;
import io.jamesext.dmap.dime.message.Parties;
import io.jamesext.dmap.dime.message.Party;
import io.jamesext.dmap.dime.signet.PrivateKeys;
import io.jamesext.dmap.dime.signet.Signet;
import io.jamesext.dmap.dime.signet.SignetIssuer;
import io.jamesext.dmap.dime.signet.SignetLevel;
import io.jamesext.dmap.ring.Organisation;
import io.jamesext.dmap.ring.OrganisationFiles;
import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.StockJamesExtension;
import io.jamesext.testing.transcript.OctetText;
import io.jamesext.testing.transcript.Transcript;
import io.jamesext.testing.transcript.TranscriptRunner;
import io.jamesext.testing.transcript.TrustingTls;
import io.jamesext.testing.transcript.Wire;

/** Keys, SUBMIT, DMTP and both mailets on a stock James, whose domain has the keys that the launcher makes. */
@ExtendWith(StockJamesExtension.class)
class DimeIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DOMAIN = "example.org";
    private static final Pattern LITERAL = Pattern.compile("BODY\\[\\] ~\\{(\\d+)}\r\n");
    private static final String SECRET = "the crow flies at midnight";

    private final StockJames james;
    private final Organisation organisation;

    DimeIT(StockJames james) throws Exception {
        this.james = james;
        this.organisation = OrganisationFiles.read(james.directory().conf("dime")).of(DOMAIN).orElseThrow();
    }

    /** A user and the keys that they keep to themself. */
    private record Owner(String address, PrivateKeys keys, Signet signet) {
        Party party() {
            return new Party(address, signet);
        }

        OpenMessage open(byte[] message) {
            return Message.read(message).open(Actor.RECIPIENT, keys.decryptionKey());
        }
    }

    @Test
    void aMessageShouldBeEncryptedFromItsAuthorToItsRecipient() throws Exception {
        Owner frank = owner("frank@example.org");
        Owner gina = owner("gina@example.org");
        Party example = new Party(DOMAIN, organisation.signet());
        byte[] message = new MessageComposer(RANDOM).compose(new Parties(frank.party(), example, example, gina.party()), List.of(
            new Content(ChunkKind.COMMON_HEADERS, "To: gina@example.org\r\nSubject: birds\r\n".getBytes(StandardCharsets.US_ASCII)),
            new Content(ChunkKind.DISPLAY_CONTENT,
                ("Content-Type: text/plain\r\n\r\n" + SECRET + "\r\n").getBytes(StandardCharsets.US_ASCII))),
            frank.keys.signingKey()).toBytes();

        client(frank.address).given("keyid", frank.signet.fingerprint(SignetLevel.REQUEST).toString())
            .given("size", Integer.toString(message.length)).given("message", OctetText.of(message))
            .given("fingerprint", gina.signet.fingerprint(SignetLevel.CRYPTO).toString())
            .endpoint("DMTP", Wire.TLS_LINES, "127.0.0.1", james.ports().of(Listener.DMTP))
            .run(Transcript.read(DimeIT.class.getResource("/dime/submit.transcript")));

        byte[] stored = delivered(gina.address);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET).doesNotContain("frank");
        OpenMessage opened = gina.open(stored);
        assertThat(opened.isSignedByAuthor(frank.signet)).isTrue();
        assertThat(opened.isSignedByOrigin(organisation.signet())).isTrue();
        assertThat(texts(opened, frank.signet)).anyMatch(text -> text.contains(SECRET));
    }

    @Test
    void mailInTheClearShouldBeEncryptedWhenItArrives() throws Exception {
        Owner holly = owner("holly@example.org");
        new WebAdmin(james.ports().of(Listener.WEBADMIN))
            .curl(List.of("curl", "-X", "PUT", "localhost:8000/dmap/users/holly@example.org/mode", "-d", "CAUTIOUS"));

        new TranscriptRunner(Wire.LINES, "127.0.0.1", james.ports().of(Listener.SMTP)).given("secret", SECRET)
            .run(Transcript.read(DimeIT.class.getResource("/dime/arrival.transcript")));

        byte[] stored = delivered(holly.address);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET).doesNotContain("Crows");
        OpenMessage opened = holly.open(stored);
        assertThat(opened.isSignedByOrigin(organisation.signet())).isTrue();
        assertThat(opened.destination().user()).isEqualTo(holly.address);
    }

    private static List<String> texts(OpenMessage opened, Signet author) {
        return opened.contents(author.signingKey()).stream()
            .map(content -> new String(content.data(), StandardCharsets.US_ASCII)).toList();
    }

    /** A new user whose key the domain has signed. */
    private Owner owner(String address) {
        james.create(address);
        PrivateKeys keys = PrivateKeys.generateUser(RANDOM);
        Signet request = SignetIssuer.request(keys);
        client(address).given("keyid", request.fingerprint(SignetLevel.REQUEST).toString())
            .given("request", OctetText.of(request.toBytes()))
            .run(Transcript.read(DimeIT.class.getResource("/dime/key.transcript")));
        return new Owner(address, keys, organisation.sign(request, Username.of(address)));
    }

    private TranscriptRunner client(String address) {
        return new TranscriptRunner(Wire.TLS_LINES, "127.0.0.1", james.ports().of(Listener.DMAP)).given("address", address)
            .given("initial", initial(address));
    }

    private static String initial(String address) {
        return Base64.getEncoder().encodeToString(("\0" + address + "\0" + Accounts.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    /** The octets of the only message in the user's INBOX, which this waits for. */
    private byte[] delivered(String address) {
        return Awaitility.await().atMost(PATIENCE).until(() -> fetched(address), octets -> octets.length > 0);
    }

    /** By DMAP, for IMAP has no NUL in messages. */
    private byte[] fetched(String address) throws IOException {
        try (Socket socket = TrustingTls.over(new Socket("127.0.0.1", james.ports().of(Listener.DMAP)))) {
            socket.getOutputStream().write(("a AUTHENTICATE PLAIN " + initial(address) + "\r\nb EXAMINE INBOX\r\n"
                + "c FETCH 1:* BODY.PEEK[]\r\nd LOGOUT\r\n").getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            Matcher literal = LITERAL.matcher(answers);
            return literal.find()
                ? answers.substring(literal.end(), literal.end() + Integer.parseInt(literal.group(1))).getBytes(StandardCharsets.ISO_8859_1)
                : new byte[0];
        }
    }
}
