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

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiFunction;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.FetchGroup;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import io.jamesext.lemonade.imap.ImapTestClient;
import io.jamesext.lemonade.imap.ImapTestServer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Contexts of a mailbox whose messages cannot be read any more. */
class ContextTroubleTest {
    private volatile boolean broken;

    @Test
    void whatCannotBeFollowedShouldEndAndHarmNoOther() throws Exception {
        try (ImapTestServer server = ImapTestServer.start("", this::fragile);
             ImapTestClient client = server.connectAs(ImapTestServer.ALICE);
             ImapTestClient other = server.connectAs(ImapTestServer.ALICE)) {
            client.command("s SELECT INBOX");
            client.command("a SEARCH RETURN (UPDATE) TEXT x");
            client.command("b SEARCH RETURN (UPDATE) UNSEEN");
            client.command("c SEARCH RETURN (UPDATE (BODY.PEEK[])) UNSEEN");
            broken = true;
            other.command("p APPEND INBOX {4+}\r\none.");
            assertThat(client.command("n NOOP")).contains("* NO [NOUPDATE \"a\"] It cannot be followed",
                "* ESEARCH (TAG \"b\") ADDTO (1 1)", "* ESEARCH (TAG \"c\") ADDTO (1 1)");
            assertThat(client.command("d SEARCH UNSEEN")).contains("* SEARCH 1").last().asString().startsWith("d OK");
            broken = false;
            assertThat(client.command("e SEARCH TEXT x")).contains("* SEARCH").last().asString().startsWith("e OK");
        }
    }

    private MailboxManager fragile(MailboxManager mailboxes) {
        return proxy(MailboxManager.class, mailboxes, (arguments, result) -> result instanceof Publisher<?> found
            ? Mono.from(found).map(mailbox -> mailbox instanceof MessageManager manager ? proxy(MessageManager.class, manager,
                (given, messages) -> broken && List.of(given).contains(FetchGroup.FULL_CONTENT)
                    ? Flux.error(new IllegalStateException("not read")) : messages) : mailbox)
            : result);
    }

    private static <T> T proxy(Class<T> type, T target, BiFunction<Object[], Object, Object> after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (self, method, arguments) -> after.apply(arguments == null ? new Object[0] : arguments, method.invoke(target, arguments))));
    }
}
