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
package io.jamesext.ximss.op.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendResult;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.table.Replacements;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is left when a replacement breaks down half-way. */
@BothBackends
class ReplacementTest {
    private MailboxSession session;
    private MessageManager mailbox;
    private Replacements claims;
    private Replacement replacement;
    private long old;

    @BeforeEach
    void setUp() throws Exception {
        TestJames james = TestJames.create();
        session = james.session(TestJames.ALICE);
        mailbox = james.mailboxManager().getMailbox(MailboxPath.inbox(session), session);
        claims = Replacements.on(james.cassandra().map(SideTables::create), Replacements.LEASE);
        replacement = new Replacement(claims);
        old = james.append(TestJames.ALICE, "INBOX", "Subject: old\n\nText\n");
    }

    private Mono<AppendResult> append() {
        return Mono.defer(() -> {
            try {
                return Mono.from(mailbox.appendMessageReactive(MessageManager.AppendCommand.builder()
                    .build("Subject: new\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII)), session));
            } catch (Exception e) {
                return Mono.error(e);
            }
        });
    }

    private MessageManager failing(Predicate<List<MessageUid>> deletion) {
        return (MessageManager) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MessageManager.class},
            (proxy, method, arguments) -> {
                @SuppressWarnings("unchecked")
                boolean fails = method.getName().equals("deleteReactive") && deletion.test((List<MessageUid>) arguments[0]);
                try {
                    return fails ? Mono.error(new IllegalStateException("the store is down")) : method.invoke(mailbox, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }

    /** Does it and fails then. */
    private MessageManager afterDeletion(RuntimeException failure) {
        return (MessageManager) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MessageManager.class},
            (proxy, method, arguments) -> {
                try {
                    Object result = method.invoke(mailbox, arguments);
                    return method.getName().equals("deleteReactive") ? ((Mono<?>) result).then(Mono.error(failure)) : result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }

    private List<Long> uids() {
        return Flux.from(mailbox.listMessagesMetadata(MessageRange.all(), session))
            .map(message -> message.getComposedMessageId().getUid().asLong()).collectList().block();
    }

    @Test
    void newMessageShouldBeTakenAwayWhenTheOldOneStays() {
        MessageManager failing = failing(uids -> uids.contains(MessageUid.of(old)));
        assertThatThrownBy(() -> replacement.replace(failing, old, append(), session).block()).hasMessageContaining("the store is down");
        assertThat(uids()).containsExactly(old);
        assertThat(claims.claim(mailbox.getId(), old, UUID.randomUUID()).block()).isTrue();
    }

    @Test
    void newMessageShouldStayWhenTheOldOneIsGoneInSpiteOfAnError() {
        MessageManager failing = afterDeletion(new IllegalStateException("nobody was told"));
        AppendResult added = Optional.ofNullable(replacement.replace(failing, old, append(), session).block()).orElseThrow();
        assertThat(uids()).containsExactly(added.getId().getUid().asLong());
    }

    @Test
    void messageThatIsRemovedMeanwhileShouldNotBeReplaced() {
        Mono<AppendResult> slow = append().flatMap(appended ->
            Replacement.delete(mailbox, MessageUid.of(old), session).thenReturn(appended));
        assertThatThrownBy(() -> replacement.replace(mailbox, old, slow, session).block())
            .isInstanceOfSatisfying(ProtocolException.class, failure -> assertThat(failure.failure()).isEqualTo(Failure.NO_SUCH_MESSAGE));
        assertThat(uids()).isEmpty();
    }

    @Test
    void bothShouldStayRatherThanNone() {
        assertThatThrownBy(() -> replacement.replace(failing(uids -> true), old, append(), session).block())
            .hasMessageContaining("the store is down");
        assertThat(uids()).hasSize(2).contains(old);
    }

    @Test
    void oldMessageShouldStayWhenTheNewOneCannotBeStored() {
        assertThatThrownBy(() -> replacement.replace(mailbox, old, Mono.error(new IllegalStateException("full")), session).block())
            .hasMessageContaining("full");
        assertThat(uids()).containsExactly(old);
        replacement.replace(mailbox, old, append(), session).block();
        assertThat(uids()).hasSize(1).doesNotContain(old);
    }

    @Test
    void messageThatIsBeingReplacedShouldNotBeReplacedAgain() {
        claims.claim(mailbox.getId(), old, UUID.randomUUID()).block();
        assertThatThrownBy(() -> replacement.replace(mailbox, old, append(), session).block())
            .isInstanceOfSatisfying(ProtocolException.class, failure -> assertThat(failure.failure()).isEqualTo(Failure.CONFLICT));
        assertThat(uids()).containsExactly(old);
    }
}
