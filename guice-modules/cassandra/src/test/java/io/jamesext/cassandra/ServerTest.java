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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

import org.apache.james.GuiceJamesServer;
import org.apache.james.server.core.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server: what users and operators did is there after a restart. */
class ServerTest {
    private static final String ALICE = "alice@example.org";
    private static final String BOB = "bob@example.org";
    private static final String SIEVE = "require \"fileinto\"; if header :contains \"Subject\" \"invoice\" { fileinto \"Bills\"; }";

    @TempDir
    Path folder;

    @Test
    void whatWasDoneShouldOutliveARestart() throws Exception {
        TestServer server = TestServer.layOut(folder, TestKeyspace.newName());
        GuiceJamesServer first = start(server);
        administer(new WebAdminClient(server.webAdmin()));
        use(server);
        // The listener fails, is tried again some times, and then its event becomes a dead letter.
        await().atMost(Duration.ofMinutes(3)).untilAsserted(
            () -> assertThat(deadLetters(server)).contains(FailingListener.class.getName()));
        first.stop();

        GuiceJamesServer second = start(server);
        check(new WebAdminClient(server.webAdmin()));
        checkMail(server);
        assertThat(deadLetters(server)).contains(FailingListener.class.getName());
        restoreDeleted(server);
        second.stop();
    }

    private static GuiceJamesServer start(TestServer server) throws Exception {
        GuiceJamesServer james = CassandraJamesServerMain.server(
            Configuration.builder().workingDirectory(server.folder().toFile()).build());
        james.start();
        return james;
    }

    private static String deadLetters(TestServer server) throws Exception {
        return new WebAdminClient(server.webAdmin()).get("/events/deadLetter/groups");
    }

    private static void administer(WebAdminClient webAdmin) throws Exception {
        webAdmin.put("/domains/example.net", "");
        webAdmin.put("/users/" + ALICE, "{\"password\":\"secret\"}");
        webAdmin.put("/users/" + BOB, "{\"password\":\"secret\"}");
        webAdmin.put("/quota/users/" + ALICE + "/count", "1000");
        webAdmin.put("/address/aliases/" + ALICE + "/sources/sales@example.org", "");
        webAdmin.put("/sieve/" + ALICE + "/scripts/filter?activate=true", SIEVE);
        webAdmin.post("/vacation/" + BOB, "{\"enabled\":true,\"subject\":\"away\",\"textBody\":\"gone\"}");
        webAdmin.put("/dlp/rules/example.org", "{\"rules\":[{\"id\":\"1\",\"expression\":\"secret\",\"explanation\":\"\","
            + "\"targetsSender\":true,\"targetsRecipients\":false,\"targetsContent\":false}]}");
    }

    private static void use(TestServer server) throws Exception {
        try (Conversation imap = Conversation.open(server.imap())) {
            imap.imap("LOGIN " + ALICE + " secret");
            imap.imap("CREATE Broken");
            imap.imap("CREATE Bills");
            imap.imap("SUBSCRIBE Bills");
            imap.imap("SETACL Bills " + BOB + " lr");
            imap.imap("SETMETADATA Bills (/private/comment \"what we owe\")");
            try (Conversation smtp = Conversation.open(server.smtp())) {
                smtp.smtp("EHLO test", "250");
                smtp.deliver("sales@example.org", "invoice");
                smtp.deliver(ALICE, "stays");
                smtp.deliver(ALICE, "goes");
            }
            awaitMessages(imap, "INBOX", 2);
            awaitMessages(imap, "Bills", 1);
            imap.imap("SELECT INBOX");
            imap.imap("STORE 1:* +FLAGS (\\Seen keyword)");
            String goes = imap.imap("UID SEARCH SUBJECT goes").replaceAll("\\D*", "");
            imap.imap("UID STORE " + goes + " +FLAGS (\\Deleted)");
            imap.imap("EXPUNGE");
        }
    }

    private static void check(WebAdminClient webAdmin) throws Exception {
        assertThat(webAdmin.get("/domains")).contains("example.net");
        assertThat(webAdmin.get("/users")).contains(ALICE, BOB);
        assertThat(webAdmin.get("/quota/users/" + ALICE)).contains("\"count\":1000", "\"occupation\":{\"size\":");
        assertThat(webAdmin.get("/address/aliases/" + ALICE)).contains("sales@example.org");
        assertThat(webAdmin.get("/vacation/" + BOB)).contains("\"enabled\":true", "away");
        assertThat(webAdmin.get("/dlp/rules/example.org")).contains("\"expression\":\"secret\"");
        assertThat(webAdmin.get("/cassandra/version")).contains("12");
        assertThat(webAdmin.get("/mailQueues/spool")).contains("\"size\":0");
        assertThat(webAdmin.get("/mailRepositories")).contains("var/mail/error");
        assertThat(webAdmin.get("/healthcheck")).contains("Cassandra backend", "EventDeadLettersHealthCheck",
            "Embedded ActiveMQ", "Guice application lifecycle");
        webAdmin.task("POST", "/mailboxes?task=RecomputeMailboxCounters", "");
        webAdmin.task("POST", "/messages?task=SolveInconsistencies", "");
        webAdmin.task("POST", "/cassandra/version/upgrade/latest", "");
        webAdmin.task("DELETE", "/blobs?scope=unreferenced", "");
    }

    private static void checkMail(TestServer server) throws Exception {
        try (Conversation imap = Conversation.open(server.imap())) {
            imap.imap("LOGIN " + ALICE + " secret");
            assertThat(imap.imap("SELECT INBOX")).contains("* 1 EXISTS");
            assertThat(imap.imap("FETCH 1 (FLAGS BODY[TEXT])")).contains("\\Seen", "keyword", "text of stays");
            assertThat(imap.imap("LSUB \"\" *")).contains("Bills");
            assertThat(imap.imap("GETACL Bills")).contains(BOB, "lr");
            assertThat(imap.imap("GETMETADATA Bills /private/comment")).contains("what we owe");
            assertThat(imap.imap("GETQUOTAROOT INBOX")).contains("MESSAGE 2 1000");
        }
    }

    private static void restoreDeleted(TestServer server) throws Exception {
        assertThat(new WebAdminClient(server.webAdmin()).task("POST", "/deletedMessages/users/" + ALICE + "?action=restore",
            "{\"combinator\":\"and\",\"criteria\":[]}")).contains("\"successfulRestoreCount\":1");
        try (Conversation imap = Conversation.open(server.imap())) {
            imap.imap("LOGIN " + ALICE + " secret");
            imap.imap("SELECT Restored-Messages");
            assertThat(imap.imap("FETCH 1 BODY[TEXT]")).contains("text of goes");
        }
    }

    static void awaitMessages(Conversation imap, String mailbox, int count) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(
            () -> assertThat(imap.imap("STATUS " + mailbox + " (MESSAGES)")).contains("MESSAGES " + count));
    }
}
