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

package io.jamesext.lemonade.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;

import com.google.common.hash.Funnels;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a message takes of the heap on its way from a mailbox to the queue. */
class LargeBurlTest {
    private static final int MESSAGE_OCTETS = 100 << 20;
    private static final long HEAP_OCTETS = 64 << 20;
    private static final int BETWEEN_SAMPLES_MILLIS = 20;
    private static final String LINE = "x".repeat(76) + "\r\n";

    /**
     * Reads the mail as James's queues on disk do, and no other hook or queue gets it: James's memory queue makes two copies on the heap.
     */
    @Singleton
    static final class Reader implements JamesMessageHook {
        private final CompletableFuture<HashCode> content = new CompletableFuture<>();

        @Inject
        Reader() {
        }

        @Override
        public HookResult onMessage(SMTPSession session, Mail mail) {
            try (InputStream octets = new MimeMessageInputStream(mail.getMessage())) {
                octets.skipNBytes(mail.getMessageSize() - MESSAGE_OCTETS);
                Hasher hasher = Hashing.crc32c().newHasher();
                octets.transferTo(Funnels.asOutputStream(hasher));
                content.complete(hasher.hash());
            } catch (Exception e) {
                content.completeExceptionally(e);
            }
            return HookResult.OK;
        }
    }

    /** The mailbox holds what it stores as it likes; beyond that, no part of the message comes to lie on the heap at any time. */
    @Test
    void largeMessageShouldNotLieOnTheHeap() throws Exception {
        try (SmtpTestServer server = new SmtpTestServer("", SmtpTestServer.BURL + "<handler class=\"" + Reader.class.getName() + "\"/>");
             SmtpTestClient client = SmtpTestClient.inTransaction(server, "")) {
            HashCode stored = store(server);
            long before = heap();
            client.send("BURL imap://alice%40example.org@example.com/INBOX/;UID=1 LAST\r\n");
            long most = mostHeapUntil(Mono.fromCallable(client::reply).subscribeOn(Schedulers.boundedElastic()).toFuture());

            assertThat(server.service(Reader.class).content).isCompletedWithValue(stored);
            assertThat(most - before).isLessThan(HEAP_OCTETS);
        }
    }

    private static long mostHeapUntil(CompletableFuture<String> reply) throws Exception {
        long most = heap();
        while (true) {
            try {
                assertThat(reply.get(BETWEEN_SAMPLES_MILLIS, TimeUnit.MILLISECONDS)).startsWith("250 ");
                return most;
            } catch (TimeoutException e) {
                most = Math.max(most, heap());
            }
        }
    }

    private static HashCode store(SmtpTestServer server) throws Exception {
        String header = "Subject: large\r\n\r\n";
        int left = MESSAGE_OCTETS - header.length();
        String text = header + "x".repeat(left % LINE.length()) + LINE.repeat(left / LINE.length());
        byte[] message = text.getBytes(StandardCharsets.US_ASCII);
        MailboxSession alice = server.james().session(SmtpTestServer.ALICE);
        server.james().mailboxManager().getMailbox(MailboxPath.inbox(alice), alice)
            .appendMessage(MessageManager.AppendCommand.builder().build(message), alice);
        return Hashing.crc32c().hashBytes(message);
    }

    /** Octets that are in use, without garbage. */
    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
