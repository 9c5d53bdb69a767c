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
package io.jamesext.lemonade.imap.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is read of a mailbox for results that are kept: of pages nothing, of changes the messages that have changed. */
class ContextCostTest {
    private static final int MESSAGES = 300;

    private final AtomicInteger read = new AtomicInteger();
    private ImapTestServer server;
    private ImapTestClient client;

    @BeforeEach
    void fill() throws Exception {
        server = ImapTestServer.start("", mailboxes -> proxy(MailboxManager.class, mailboxes, (name, answer) ->
            name.equals("getMailboxReactive") ? ((Mono<?>) answer).map(this::counted) : answer));
        client = server.connectAs(ImapTestServer.ALICE);
        for (int message = 0; message < MESSAGES; message++) {
            append();
        }
        client.command("s SELECT INBOX");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private List<String> append() throws Exception {
        client.write("p APPEND INBOX {17+}\r\nSubject: x\r\n\r\ny\r\n\r\n");
        return client.until("p ");
    }

    private MessageManager counted(Object mailbox) {
        return proxy(MessageManager.class, (MessageManager) mailbox, (name, answer) ->
            name.equals("listMessagesMetadata") || name.equals("getMessagesReactive")
                ? Flux.from((Publisher<?>) answer).doOnNext(message -> read.incrementAndGet()) : answer);
    }

    private static <T> T proxy(Class<T> type, T behind, BiFunction<String, Object, Object> change) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            try {
                return change.apply(method.getName(), method.invoke(behind, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private List<String> reading(int most, String command) throws Exception {
        read.set(0);
        List<String> answer = client.command(command);
        assertThat(read.get()).as(command).isLessThanOrEqualTo(most);
        return answer;
    }

    @Test
    void pagesOfKeptResultsShouldReadNothing() throws Exception {
        assertThat(client.command("a SEARCH RETURN (CONTEXT COUNT) UNSEEN SMALLER 100")).contains("* ESEARCH (TAG \"a\") COUNT 300");
        assertThat(read.get()).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(reading(0, "b UID SEARCH RETURN (PARTIAL 1:50) UNSEEN SMALLER 100"))
            .contains("* ESEARCH (TAG \"b\") UID PARTIAL (1:50 1:50)");
        assertThat(reading(0, "c SEARCH RETURN (PARTIAL -1:-2 UPDATE) UNSEEN SMALLER 100"))
            .contains("* ESEARCH (TAG \"c\") PARTIAL (-1:-2 299:300)");
        assertThat(reading(0, "d SEARCH RETURN (MIN MAX) UNSEEN SMALLER 100")).contains("* ESEARCH (TAG \"d\") MIN 1 MAX 300");
    }

    @Test
    void pagesShouldBeKeptWithoutTheHint() throws Exception {
        client.command("a SEARCH RETURN (PARTIAL 1:50) UNSEEN");
        assertThat(reading(0, "b SEARCH RETURN (PARTIAL 51:100) UNSEEN")).contains("* ESEARCH (TAG \"b\") PARTIAL (51:100 51:100)");
    }

    @Test
    void changesShouldReadTheMessagesThatHaveChanged() throws Exception {
        client.command("u SEARCH RETURN (UPDATE COUNT) UNSEEN SMALLER 100");
        // Its flags, its size, and what STORE itself tells.
        assertThat(reading(3, "a UID STORE 150 +FLAGS.SILENT (\\Seen)")).contains("* ESEARCH (TAG \"u\") REMOVEFROM (150 150)");
        read.set(0);
        assertThat(append()).contains("* 301 EXISTS", "* ESEARCH (TAG \"u\") ADDTO (300 301)");
        assertThat(read.get()).isLessThanOrEqualTo(3);
        String scattered = IntStream.range(0, 80).mapToObj(i -> String.valueOf(1 + 3 * i)).collect(Collectors.joining(","));
        assertThat(reading(3 * 80, "b UID STORE " + scattered + " +FLAGS.SILENT (\\Answered)")).hasSize(1);
        assertThat(reading(0, "c SEARCH RETURN (COUNT) UNSEEN SMALLER 100")).contains("* ESEARCH (TAG \"c\") COUNT 300");
    }

    /** RFC 5267 section 4.5: "servers MUST behave identically whether or not internal caching is taking place". */
    @Test
    void pagesShouldKnowWhatHasHappenedSince() throws Exception {
        client.command("a SEARCH RETURN (CONTEXT COUNT) UNSEEN");
        try (ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            other.command("s SELECT INBOX");
            other.command("x STORE 1,3 +FLAGS.SILENT (\\Seen \\Deleted)");
            other.command("y UID EXPUNGE 3");
            assertThat(client.command("b SEARCH RETURN (PARTIAL 1:3 COUNT) UNSEEN"))
                .contains("* ESEARCH (TAG \"b\") COUNT 298 PARTIAL (1:3 2,4:5)");
            client.command("n NOOP");
            assertThat(client.command("c SEARCH RETURN (PARTIAL 1:3 COUNT) UNSEEN"))
                .contains("* ESEARCH (TAG \"c\") COUNT 298 PARTIAL (1:3 2:4)");
        }
    }

    /** RFC 5267 section 4.3.1: "Other return options specified SHALL still be honoured." */
    @Test
    void programThatIsTooLongShouldBeAnsweredAndNotKept() throws Exception {
        String text = " SUBJECT {40000+}\r\n" + "x".repeat(40_000);
        client.write("a SEARCH RETURN (UPDATE COUNT)" + text.repeat(30) + "\r\n");
        assertThat(client.until("a ")).containsExactly("* ESEARCH (TAG \"a\") COUNT 0",
            "* NO [NOUPDATE \"a\"] The search program is too long", "a OK SEARCH completed.");
        // The same section: one is to be kept for each client.
        client.write("b SEARCH RETURN (UPDATE COUNT)" + text.repeat(2) + "\r\n");
        assertThat(client.until("b ")).containsExactly("* ESEARCH (TAG \"b\") COUNT 0", "b OK SEARCH completed.");
        client.write("c SEARCH RETURN (UPDATE COUNT) SEEN" + text.repeat(2) + "\r\n");
        assertThat(client.until("c ")).containsExactly("* ESEARCH (TAG \"c\") COUNT 0",
            "* NO [NOUPDATE \"c\"] The search program is too long", "c OK SEARCH completed.");
    }
}
