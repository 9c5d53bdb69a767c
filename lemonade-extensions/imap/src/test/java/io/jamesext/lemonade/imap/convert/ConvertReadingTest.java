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
package io.jamesext.lemonade.imap.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What CONVERT reads of messages, and what becomes of it where that is not there. */
@Timeout(60)
class ConvertReadingTest {
    private final List<FetchGroup> read = Collections.synchronizedList(new ArrayList<>());
    private ImapTestServer server;
    private ImapTestClient client;
    private volatile boolean gone;

    @BeforeEach
    void start() throws Exception {
        server = ImapTestServer.start("", this::mailboxes);
        client = server.connectAs(ImapTestServer.ALICE);
        client.write("p APPEND INBOX {15+}\r\n\r\nsome words\r\n\r\n");
        client.until("p ");
        client.command("s SELECT INBOX");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void contentThatIsGoneShouldFailTheCommandAndNotTheConnection() throws Exception {
        gone = true;
        assertThat(client.command("a CONVERT 1 (NIL) (UID BINARY[1])"))
            .containsExactly("a NO [TEMPFAIL] CONVERT failed. A message cannot be read.");
        gone = false;
        assertThat(client.command("b CONVERT 1 (NIL) BINARY.SIZE[1]").get(0)).startsWith("* 1 CONVERTED (TAG \"b\") (BINARY.SIZE[1] ");
    }

    @Test
    void uidShouldReadNoContent() throws Exception {
        read.clear();
        assertThat(client.command("a CONVERT 1 (NIL) UID").get(0)).startsWith("* 1 CONVERTED (TAG \"a\") (UID ");
        assertThat(read).containsOnly(FetchGroup.MINIMAL);
    }

    private MailboxManager mailboxes(MailboxManager behind) {
        return proxy(MailboxManager.class, (self, method, arguments) -> {
            Object answer = answer(behind, method, arguments);
            return method.getName().equals("getMailboxReactive") ? ((Mono<?>) answer).map(this::mailbox) : answer;
        });
    }

    private MessageManager mailbox(Object behind) {
        return proxy(MessageManager.class, (self, method, arguments) -> {
            Object answer = answer(behind, method, arguments);
            if (!method.getName().equals("getMessagesReactive")) {
                return answer;
            }
            read.add((FetchGroup) arguments[1]);
            return Flux.from((Publisher<?>) answer).map(this::message);
        });
    }

    private MessageResult message(Object behind) {
        return proxy(MessageResult.class, (self, method, arguments) -> {
            if (gone && method.getName().equals("getFullContent")) {
                throw new IllegalStateException("gone");
            }
            return answer(behind, method, arguments);
        });
    }

    private static Object answer(Object behind, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
