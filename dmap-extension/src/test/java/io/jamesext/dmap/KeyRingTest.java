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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MultimailboxesSearchQuery;
import org.apache.james.mailbox.model.SearchQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.google.common.primitives.Bytes;

import io.jamesext.dmap.dime.signet.Fingerprint;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.dmap.ring.TestKeys;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.testing.transcript.Transcript;
import reactor.core.publisher.Flux;

/** What transcripts do not show of the key ring: modes, messages that belong to keys, and clients at the same time. */
@BothBackends
class KeyRingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;
    private DmapTestServer server;

    @BeforeEach
    void start() throws Exception {
        server = DmapTestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void play(String conversation) {
        server.runner().run(Transcript.parse("conversation", "# state: authenticated\n" + conversation));
    }

    private void enter(Mode mode) {
        server.services().dime().modes().set(TestJames.ALICE, mode).block();
    }

    @Test
    void aCautiousAccountShouldKeepPrivateKeysAsTheirOwnerHasEncryptedThem() {
        enter(Mode.CAUTIOUS);
        play("""
            C: a1 ADDKEY ${id1} ~{141+}
            ${ssr1} ~{74+}
            ${keys1}
            S: a1 NO [CANNOT] in CAUTIOUS mode private keys are encrypted by their owner
            C: a2 ADDKEY ${id1} ~{141+}
            ${ssr1} ~{118+}
            ${sealed1}
            S: a2 OK ADDKEY completed
            C: a3 GETKEY ${id1} PRIVATE
            S: * KEY ${id1} (PRIVATE ~{118}
            S: ${sealed1})
            S: a3 OK GETKEY completed
            C: a4 DELETEKEY ${id1}
            S: a4 NO [INUSE] the key is the current one
            """);
    }

    @Test
    void aParanoidAccountShouldKeepNoPrivateKeysAndAskNoOthers() {
        enter(Mode.PARANOID);
        play("""
            C: a1 ADDKEY ${id1} ~{141+}
            ${ssr1} ~{118+}
            ${sealed1}
            S: a1 NO [CANNOT] in PARANOID mode the server takes no private keys
            C: a2 ADDKEY ${id1} ~{141+}
            ${ssr1}
            S: a2 OK ADDKEY completed
            C: a3 GETKEY ${id1} BOTH
            S: a3 NO [CANNOT] in PARANOID mode the server has no private keys
            C: a4 GETKEY ${id1} PUBLIC
            S: * KEY ${id1} (PUBLIC ~{355}
            S: ${signet1})
            S: a4 OK GETKEY completed
            C: a5 GETSIGNET carol@example.net REMOTE
            S: a5 NO [CANNOT] in PARANOID mode the server asks no other domains
            C: a6 ADDSIGNET Tk9fT25l ~{355+}
            ${carol1}
            S: a6 OK ADDSIGNET completed
            C: a7 GETSIGNET Tk9fT25l
            S: * SIGNET Tk9fT25l (FINGERPRINT ${fpcarol1} LEVEL IDENTIFIED DATA ~{355}
            S: ${carol1})
            S: a7 OK GETSIGNET completed
            C: a8 DELETEKEY ${id1}
            S: a8 NO [INUSE] the key is the current one
            """);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aKeyWithoutPrivatePartShouldBeForEveryMode(Mode mode) {
        enter(mode);
        play("""
            C: a1 ADDKEY ${id1} ~{141+}
            ${ssr1}
            S: a1 OK ADDKEY completed
            """);
    }

    @Test
    void aUserOfADomainWithoutKeysShouldHaveNone() throws Exception {
        server.james().domains().addDomain(Domain.of("example.com"));
        server.james().users().addUser(Username.of("dave@example.com"), "secret");
        server.runner().run(Transcript.parse("dave", DmapTestServer.GREETED + """
            C: P1 AUTHENTICATE PLAIN AGRhdmVAZXhhbXBsZS5jb20Ac2VjcmV0
            S: P1 OK .*
            C: a1 ADDKEY ${id1} ~{141+}
            ${ssr1}
            S: a1 NO [CANNOT] the server has no keys for the user's domain
            C: a2 LISTKEYS
            S: a2 OK LISTKEYS completed
            """));
    }

    @Test
    void aKeyShouldStayWhileAMessageBelongsToIt() throws Exception {
        TestKeys first = TestKeys.first();
        add(first);
        add(first.next());
        // A mail that anybody could have sent.
        server.james().append(TestJames.ALICE, "Sent", DimeWrapper.KEY_FIELD + ": " + DimeWrapper.keyName(first.id()) + "\n\nforged\n");
        MessageManager projects = server.james().mailboxManager()
            .getMailbox(MailboxPath.forUser(TestJames.ALICE, "Projects.2015.May"), server.alice());
        byte[] message = "DIME".getBytes(StandardCharsets.US_ASCII);
        MessageManager.AppendResult appended = projects.appendMessage(MessageManager.AppendCommand.builder().build(
            Bytes.concat(DimeWrapper.header(Instant.now(), message, Optional.of(first.id())), message)), server.alice());
        awaitIndexed(first.id(), 2);
        assertThat(delete(first.id())).isEqualTo("D NO [INUSE] there are messages that belong to the key");
        projects.delete(List.of(appended.getId().getUid()), server.alice());
        awaitIndexed(first.id(), 1);
        assertThat(delete(first.id())).isEqualTo("D OK DELETEKEY completed");
    }

    /** What is a DIME message for FETCH, is one here. PROTOCOL.md section 8.1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "application/vnd.dime.message; name=x|binary|NO [INUSE] there are messages that belong to the key",
        "Application/VND.dime.message|Binary|NO [INUSE] there are messages that belong to the key",
        "application/vnd.dime.message|base64|OK DELETEKEY completed",
        "application/octet-stream|binary|OK DELETEKEY completed",
    })
    void aKeyShouldStayForWhatComesByOtherWays(String type, String encoding, String answer) throws Exception {
        TestKeys key = TestKeys.first();
        add(key);
        server.james().append(TestJames.ALICE, "Sent", DimeWrapper.KEY_FIELD + ": " + DimeWrapper.keyName(key.id())
            + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\nDIME");
        awaitIndexed(key.id(), 1);
        assertThat(delete(key.id())).isEqualTo("D " + answer);
    }

    @Test
    void ofClientsThatAddTheSameKeyAtOnceOneShouldWin() throws Exception {
        TestKeys key = TestKeys.first();
        List<String> answers = atOnce(6, () -> key);
        assertThat(answers).hasSize(6).containsOnlyOnce("A OK ADDKEY completed");
        assertThat(answers.stream().filter(answer -> !answer.startsWith("A OK")))
            .containsOnly("A NO [ALREADYEXISTS] there is a key with this id");
        assertThat(ids()).containsExactly(key.id());
    }

    @Test
    void ofClientsThatAddDifferentNextKeysAtOnceOneShouldWin() throws Exception {
        TestKeys first = TestKeys.first();
        add(first);
        List<String> answers = atOnce(6, first::next);
        assertThat(answers).hasSize(6).containsOnlyOnce("A OK ADDKEY completed");
        assertThat(answers.stream().filter(answer -> !answer.startsWith("A OK")))
            .containsOnly("A NO [CUSTODYBROKEN] the request is not signed by the current key");
        assertThat(ids()).hasSize(2).endsWith(first.id());
    }

    /** A search index may need a moment. */
    private void awaitIndexed(Fingerprint key, long messages) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (indexed(key) != messages) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private long indexed(Fingerprint key) throws Exception {
        SearchQuery query = SearchQuery.of(SearchQuery.headerContains(DimeWrapper.KEY_FIELD, DimeWrapper.keyName(key)));
        return Flux.from(server.james().mailboxManager().search(MultimailboxesSearchQuery.from(query).build(), server.alice(), 10))
            .count()
            .block();
    }

    private List<Fingerprint> ids() {
        return server.services().dime().keys().all(TestJames.ALICE).map(key -> key.id()).collectList().block();
    }

    private void add(TestKeys key) throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            assertThat(add(client, key)).isEqualTo("A OK ADDKEY completed");
        }
    }

    private static String add(TlsClient client, TestKeys key) throws IOException {
        byte[] request = key.request().toBytes();
        client.send(Bytes.concat(("A ADDKEY " + key.id() + " ~{" + request.length + "+}\r\n").getBytes(StandardCharsets.US_ASCII), request,
            new byte[] {'\r', '\n'}));
        return client.readUntil("A ");
    }

    private String delete(Fingerprint key) throws Exception {
        try (TlsClient client = new TlsClient(server.port())) {
            client.logIn();
            client.send("D DELETEKEY " + key + "\r\n");
            return client.readUntil("D ");
        }
    }

    /** Of so many clients that are connected before the first of them adds its key. */
    private List<String> atOnce(int clients, Callable<TestKeys> key) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<TlsClient> connected = new ArrayList<>();
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                TlsClient client = new TlsClient(server.port());
                connected.add(client);
                client.logIn();
                TestKeys own = key.call();
                work.add(() -> add(client, own));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
            for (TlsClient client : connected) {
                client.close();
            }
        }
    }
}
