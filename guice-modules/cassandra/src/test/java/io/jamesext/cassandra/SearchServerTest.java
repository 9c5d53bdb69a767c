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
package io.jamesext.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.james.GuiceJamesServer;
import org.apache.james.server.core.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.stores.FreePorts;
import io.jamesext.stores.OpenSearchServer;
import io.jamesext.stores.Project;
import io.jamesext.stores.Purpose;
import io.jamesext.stores.StoreProcess;
import io.jamesext.stores.StoreProcesses;

/** The whole server with an OpenSearch of its own, whose index is deleted, and which is down for a while. */
class SearchServerTest {
    private static final Logger LOGGER = LoggerFactory.getLogger(SearchServerTest.class);
    private static final String ALICE = "alice@example.org";
    private static final int MESSAGES = 768;
    private static final String INDEX = "search_server_test";
    /** A mail that is a document which says "agenda". */
    private static final String DOCUMENT = "Subject: three\r\nFrom: sender@example.com\r\nContent-Type: application/rtf\r\n"
        + "Content-Disposition: attachment; filename=a.rtf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getEncoder().encodeToString("{\\rtf1\\ansi agenda\\par}".getBytes(UTF_8));

    private final int port = FreePorts.take(1).get(0);

    @TempDir
    Path folder;

    @Test
    @Timeout(400)
    void searchShouldSurviveWhatCanHappenToTheIndex() throws Exception {
        StoreProcess openSearch = openSearch();
        TestServer server = layOut();
        Set<ProcessHandle> before = children();
        GuiceJamesServer james = start(server);
        WebAdminClient webAdmin = new WebAdminClient(server.webAdmin());
        webAdmin.put("/users/" + ALICE, "{\"password\":\"secret\"}");
        assertThat(webAdmin.get("/healthcheck")).contains("OpenSearch Backend");
        try (Conversation imap = Conversation.open(server.imap()); Conversation lmtp = Conversation.open(server.lmtp())) {
            lmtp.smtp("LHLO test", "250");
            fill(imap, lmtp);
            reindex(imap, webAdmin);
            openSearch.close();
            withoutIndex(imap, lmtp);
        }
        james.stop();
        assertThat(before).containsAll(children());

        try (StoreProcess again = openSearch()) {
            GuiceJamesServer second = start(server);
            try (Conversation imap = Conversation.open(server.imap())) {
                imap.imap("LOGIN " + ALICE + " secret");
                imap.imap("SELECT INBOX");
                await().atMost(Duration.ofMinutes(1)).untilAsserted(
                    () -> assertThat(new WebAdminClient(server.webAdmin()).get("/events/deadLetter/groups")).isEqualTo("[]"));
                assertThat(found(imap, "SUBJECT meanwhile")).hasSize(1);
                assertThat(found(imap, "SUBJECT one")).hasSize(MESSAGES / 3 - 1);
            }
            second.stop();
        }
    }

    private static void fill(Conversation imap, Conversation lmtp) throws Exception {
        lmtp.deliver(ALICE, "one");
        lmtp.deliver(ALICE, "two");
        lmtp.deliverMail(ALICE, DOCUMENT);
        imap.imap("LOGIN " + ALICE + " secret");
        imap.imap("SELECT INBOX");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(found(imap, "ALL")).hasSize(3));
        assertThat(found(imap, "TEXT \"sender@example.com\"")).hasSize(3);
        assertThat(found(imap, "TEXT agenda")).isEqualTo(found(imap, "SUBJECT three")).hasSize(1);
        assertThat(found(imap, "SUBJECT two BODY \"text of\"")).hasSize(1);
        for (int messages = 3; messages < MESSAGES; messages *= 2) {
            imap.imap("COPY 1:* INBOX");
            imap.imap("NOOP");
        }
        assertThat(found(imap, "SUBJECT three")).hasSize(MESSAGES / 3);
    }

    private void reindex(Conversation imap, WebAdminClient webAdmin) throws Exception {
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + INDEX)).DELETE().build(),
            BodyHandlers.discarding());
        assertThat(imap.end("UID SEARCH SUBJECT three")).startsWith("NO ").contains("The search index does not answer");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(imap.end("UID SEARCH SUBJECT three")).startsWith("OK "));
        assertThat(found(imap, "SUBJECT three").size()).isLessThan(MESSAGES / 3);
        long begin = System.nanoTime();
        assertThat(webAdmin.task("POST", "/mailboxes?task=reIndex&messagesPerSecond=10000", ""))
            .contains("\"successfullyReprocessedMailCount\":" + MESSAGES);
        LOGGER.error("Reindexed {} messages on Cassandra: {} a second", MESSAGES, MESSAGES * 1_000_000_000L / (System.nanoTime() - begin));
        assertThat(found(imap, "SUBJECT three")).hasSize(MESSAGES / 3);
        assertThat(webAdmin.task("POST", "/mailboxes?task=reIndex&mode=fixOutdated&messagesPerSecond=10000", ""))
            .contains("\"mode\":\"FIX_OUTDATED\"");
    }

    private static void withoutIndex(Conversation imap, Conversation lmtp) throws Exception {
        String uid = found(imap, "UID 1:3 UNDELETED").get(0);
        long begin = System.nanoTime();
        lmtp.deliver(ALICE, "meanwhile");
        imap.imap("UID STORE " + uid + " +FLAGS (\\Deleted \\Seen)");
        assertThat(found(imap, "SEEN")).containsExactly(uid);
        imap.imap("EXPUNGE");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(found(imap, "ALL")).hasSize(MESSAGES));
        assertThat(imap.imap("FETCH " + MESSAGES + " BODY.PEEK[HEADER.FIELDS (SUBJECT)]")).contains("meanwhile");
        assertThat(imap.end("UID SEARCH SUBJECT meanwhile")).startsWith("NO ").contains("The search index does not answer");
    }

    private static List<String> found(Conversation imap, String criteria) throws Exception {
        String answer = imap.imap("UID SEARCH " + criteria).lines().filter(line -> line.startsWith("* SEARCH")).findFirst().orElseThrow();
        return List.of(answer.substring("* SEARCH".length()).trim().split(" ")).stream().filter(uid -> !uid.isEmpty()).toList();
    }

    /** The processes that read documents, and those of the stores. */
    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private TestServer layOut() throws Exception {
        TestServer server = TestServer.layOut(folder.resolve("james"), TestKeyspace.newName());
        Path conf = server.folder().resolve("conf");
        Files.writeString(conf.resolve("search.properties"), "implementation=OpenSearch");
        Files.writeString(conf.resolve("opensearch.properties"), """
            opensearch.hosts=127.0.0.1:%d
            opensearch.nb.shards=2
            opensearch.nb.replica=0
            opensearch.index.mailbox.name=%s
            """.formatted(port, INDEX));
        return server;
    }

    private static GuiceJamesServer start(TestServer server) throws Exception {
        GuiceJamesServer james = CassandraJamesServerMain.server(
            Configuration.builder().workingDirectory(server.folder().toFile()).build());
        james.start();
        return james;
    }

    private StoreProcess openSearch() throws IOException {
        StoreProcess server = OpenSearchServer.start(Project.find(), Files.createDirectories(folder.resolve("opensearch")), port,
            Purpose.TESTING);
        StoreProcesses.await(List.of(server), line -> { });
        return server;
    }
}
