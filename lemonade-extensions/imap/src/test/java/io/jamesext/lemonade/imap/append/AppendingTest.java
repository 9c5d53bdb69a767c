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

package io.jamesext.lemonade.imap.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.encode.FakeImapSession;
import org.apache.james.imap.message.Literal;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.QuotaRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import io.jamesext.lemonade.imap.TemporaryFiles;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.urlauth.MimeParts;
import io.jamesext.urlauth.UrlContents;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What no conversation can show: stores that fail, quotas, rights, temporary files. */
@BothBackends
class AppendingTest {
    private static final long MAX_BYTES = 10_000_000;
    private static final AppendLimits LIMITS = new AppendLimits(MAX_BYTES, true);

    private TestJames james;
    private FakeImapSession session;

    @BeforeEach
    void setUp() throws Exception {
        james = TestJames.create();
        session = session(james.session(TestJames.ALICE));
    }

    private static FakeImapSession session(MailboxSession mailboxSession) {
        FakeImapSession session = new FakeImapSession();
        session.authenticated();
        session.setMailboxSession(mailboxSession);
        return session;
    }

    @Test
    void failureOfALaterMessageShouldRemoveTheEarlierOnes() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        MailboxManager failing = withAppend((mailbox, arguments) -> calls.incrementAndGet() == 3
            ? Mono.error(new MailboxException("the third fails"))
            : mailbox.appendMessageReactive((MessageManager.AppendCommand) arguments[0], (MailboxSession) arguments[1]));
        assertThatThrownBy(() -> appending(failing).append("INBOX", messages("a", "b", "c", "d"), session, LIMITS).block())
            .hasCauseInstanceOf(MailboxException.class);
        assertThat(calls).hasValue(3);
        assertThat(stored()).isEmpty();
    }

    @Test
    void quotaShouldBeCheckedBeforeTheFirstIsStored() throws Exception {
        // The counters of a store that tests share go on where they were, once there is a message.
        append(messages("first"), MAX_BYTES);
        QuotaRoot root = james.quotaRootResolver().getQuotaRoot(MailboxPath.inbox(TestJames.ALICE));
        long count = james.quotaManager().getMessageQuota(root).getUsed().asLong();
        long bytes = james.quotaManager().getStorageQuota(root).getUsed().asLong();
        try {
            james.maxQuotaManager().setGlobalMaxMessage(QuotaCountLimit.count(count + 2));
            assertCode("[OVERQUOTA]", messages("a", "b", "c"), MAX_BYTES);
            james.maxQuotaManager().setGlobalMaxMessage(QuotaCountLimit.count(count + 3));
            james.maxQuotaManager().setGlobalMaxStorage(QuotaSizeLimit.size(bytes + 5));
            assertCode("[OVERQUOTA]", messages("aa", "bb", "cc"), MAX_BYTES);
            assertCode("[OVERQUOTA]", messages("aaaaaa"), MAX_BYTES);
            james.maxQuotaManager().setGlobalMaxStorage(QuotaSizeLimit.size(bytes + 6));
            assertThat(append(messages("aa", "bb", "cc"), MAX_BYTES)).matches("APPENDUID \\d+ 2:4|APPENDUID \\d+ 3:5");
        } finally {
            james.maxQuotaManager().removeGlobalMaxMessage();
            james.maxQuotaManager().removeGlobalMaxStorage();
        }
    }

    @Test
    void sizeOfAllMessagesShouldBeLimited() throws Exception {
        assertCode("[TOOBIG]", messages("aaaa", "bbbb"), 7);
        assertCode("[TOOBIG]", List.of(message(octets("aaaa"), octets("bbbb"))), 7);
        long uid = james.append(TestJames.ALICE, "INBOX", "12345678");
        NewMessage.Piece url = new NewMessage.Piece.Url("/INBOX/;UID=" + uid);
        assertCode("[TOOBIG]", List.of(message(url)), 7);
        assertCode("[TOOBIG]", List.of(message(octets("a"), url, url)), 16);
        // RFC 4469 section 4.2: no sum wraps around.
        Literal huge = new Literal() {
            @Override
            public long size() {
                return Long.MAX_VALUE;
            }

            @Override
            public InputStream getInputStream() throws IOException {
                throw new IOException("must not be read");
            }
        };
        NewMessage.Piece hugePiece = new NewMessage.Piece.Octets(huge);
        assertCode("[TOOBIG]", List.of(message(octets("a"), hugePiece, hugePiece)), MAX_BYTES);
        assertThat(append(List.of(message(octets("a"), url)), 9)).startsWith("APPENDUID ");
    }

    @Test
    void insertShouldBeNeeded() throws Exception {
        negate(MailboxACL.Right.Insert);
        assertCode("[NOPERM]", messages("a"), MAX_BYTES);
        negate(MailboxACL.Right.Lookup);
        negate(MailboxACL.Right.Read);
        assertThatThrownBy(() -> append(messages("a"), MAX_BYTES)).isInstanceOf(AppendException.class);
    }

    /** RFC 4314 section 4: the message is stored without the flags that its sender may not set. */
    @Test
    void flagsWithoutRightShouldBeLeftOut() throws Exception {
        negate(MailboxACL.Right.Write);
        negate(MailboxACL.Right.DeleteMessages);
        Flags flags = new Flags(Flags.Flag.SEEN);
        flags.add(Flags.Flag.DELETED);
        flags.add(Flags.Flag.FLAGGED);
        flags.add("$Forwarded");
        append(List.of(new NewMessage(flags, Optional.empty(), List.of(octets("a")))), MAX_BYTES);
        Flags kept = stored().get(0).getFlags();
        assertThat(kept.contains(Flags.Flag.SEEN)).isTrue();
        assertThat(kept.contains(Flags.Flag.DELETED)).isFalse();
        assertThat(kept.contains(Flags.Flag.FLAGGED)).isFalse();
        assertThat(kept.getUserFlags()).isEmpty();
    }

    @Test
    void temporaryFilesShouldGo() throws Exception {
        String large = "x".repeat(MessageAssembly.MEMORY_BYTES);
        append(List.of(message(octets(large), octets("y"))), MAX_BYTES);
        NewMessage.Piece missing = new NewMessage.Piece.Url("/INBOX/;UID=99");
        assertCode("[BADURL \"/INBOX/;UID=99\"]", List.of(message(octets(large), octets("y"), missing)), MAX_BYTES);
        TemporaryFiles.assertNoneStays("lemonade-imap-message");
    }

    /** Calls of a mailbox's appendMessageReactive. */
    @FunctionalInterface
    private interface Append {
        Object call(MessageManager mailbox, Object[] arguments);
    }

    private MailboxManager withAppend(Append append) {
        return proxy(MailboxManager.class, james.mailboxManager(), (method, result, arguments) -> method.equals("getMailboxReactive")
            ? Mono.from((Publisher<?>) result).map(mailbox -> Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {MessageManager.class}, (proxy, called, given) -> called.getName().equals("appendMessageReactive")
                    ? append.call((MessageManager) mailbox, given) : called.invoke(mailbox, given)))
            : result);
    }

    @FunctionalInterface
    private interface After {
        Object result(String method, Object result, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (proxy, method, arguments) -> after.result(method.getName(), method.invoke(target, arguments), arguments)));
    }

    private Appending appending(MailboxManager mailboxes) {
        return new Appending(mailboxes, james.quotaManager(), james.quotaRootResolver(),
            new MessageAssembly(new UrlContents(mailboxes, new MimeParts())));
    }

    private String append(List<NewMessage> messages, long maxBytes) throws Exception {
        return appending(james.mailboxManager()).append("INBOX", messages, session, new AppendLimits(maxBytes, true)).block().code();
    }

    private void assertCode(String code, List<NewMessage> messages, long maxBytes) throws Exception {
        int before = stored().size();
        assertThatThrownBy(() -> append(messages, maxBytes)).isInstanceOfSatisfying(AppendException.class, e ->
            assertThat("[" + e.answer(new Tag("a"), ImapConstants.APPEND_COMMAND).code() + "]").isEqualTo(code));
        assertThat(stored()).hasSize(before);
    }

    private void negate(MailboxACL.Right right) throws Exception {
        MailboxACL.EntryKey key = new MailboxACL.EntryKey(TestJames.ALICE.asString(), MailboxACL.NameType.user, true);
        james.mailboxManager().applyRightsCommand(MailboxPath.inbox(TestJames.ALICE),
            MailboxACL.command().key(key).rights(right).asAddition(), james.session(TestJames.ALICE));
    }

    private List<ComposedMessageIdWithMetaData> stored() throws Exception {
        MailboxSession alice = james.session(TestJames.ALICE);
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), alice);
        return Flux.from(inbox.listMessagesMetadata(MessageRange.all(), alice)).collectList().block();
    }

    private static List<NewMessage> messages(String... contents) {
        return Stream.of(contents).map(content -> message(octets(content))).toList();
    }

    private static NewMessage message(NewMessage.Piece... pieces) {
        return new NewMessage(new Flags(), Optional.empty(), List.of(pieces));
    }

    private static NewMessage.Piece octets(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return new NewMessage.Piece.Octets(new Literal() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(octets);
            }
        });
    }
}
