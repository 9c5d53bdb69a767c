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
package io.jamesext.ximss;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.UserEntityValidator;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.mailet.Mail;

import io.jamesext.kernel.submit.MailSpool;
import io.jamesext.kernel.submit.OwnAddresses;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.ximss.submit.Submission;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** James's queue in memory, from which a test takes what was submitted. */
final class SubmittedMail implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** An alias of Alice's. */
    static final String ALIAS = "alias@example.org";

    /** Whether there is no queue, for who asks for the first time. */
    volatile boolean refuses;
    private final MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory()) {
        @Override
        public MemoryCacheableMailQueue createQueue(MailQueueName name, PrefetchCount prefetchCount) {
            if (refuses) {
                throw new IllegalStateException("no queue now");
            }
            return super.createQueue(name, prefetchCount);
        }
    };
    private final MemoryRecipientRewriteTable rewrites = new MemoryRecipientRewriteTable();
    private final BlockingQueue<Sent> mails = new LinkedBlockingQueue<>();
    private final TestJames james;
    private final Disposable queue;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    /** A mail that was in the queue, with its octets. */
    record Sent(Mail mail, String text) {
    }

    SubmittedMail(TestJames james) throws Exception {
        this.james = james;
        rewrites.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        rewrites.setDomainList(james.domains());
        rewrites.setUsersRepository(james.users());
        rewrites.setUserEntityValidator(UserEntityValidator.NOOP);
        rewrites.addAliasMapping(MappingSource.fromUser("alias", "example.org"), TestJames.ALICE.asString());
        queue = Flux.from(queues.createQueue(MailQueueFactory.SPOOL).deQueue()).subscribe(item -> mails.add(copy(item.getMail())));
    }

    Submission submission() {
        return new Submission(new MailSpool(new Breaking()),
            new OwnAddresses(new CanSendFromImpl(rewrites, new AliasReverseResolverImpl(rewrites)), james.users()));
    }

    /** The queue takes only so many more. */
    void breakAfter(int mailsMore) {
        left.set(mailsMore);
    }

    /** James's queue, which refuses mail when it is told so. */
    private final class Breaking implements MailQueueFactory<MailQueue> {
        @Override
        public Optional<MailQueue> getQueue(MailQueueName name, PrefetchCount count) {
            return queues.getQueue(name, count).map(MailQueue.class::cast);
        }

        @Override
        public MailQueue createQueue(MailQueueName name, PrefetchCount count) {
            MailQueue real = queues.createQueue(name, count);
            return (MailQueue) Proxy.newProxyInstance(MailQueue.class.getClassLoader(), new Class<?>[] {MailQueue.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("enQueue") && left.getAndDecrement() <= 0) {
                        throw new MailQueue.MailQueueException("broken");
                    }
                    return method.invoke(real, arguments);
                });
        }

        @Override
        public Set<MailQueueName> listCreatedMailQueues() {
            return queues.listCreatedMailQueues();
        }
    }

    MemoryRecipientRewriteTable rewrites() {
        return rewrites;
    }

    private static Sent copy(Mail mail) {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            mail.getMessage().writeTo(octets);
            LifecycleUtil.dispose(mail);
            return new Sent(mail, octets.toString(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next mail that was submitted. */
    Sent next() throws InterruptedException {
        Sent next = mails.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no mail within " + PATIENCE);
        }
        return next;
    }

    boolean isEmpty() {
        return mails.isEmpty();
    }

    @Override
    public void close() {
        queue.dispose();
    }
}
