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
package io.jamesext.dmap.submit;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** James's queue in memory, from which a test takes what was submitted, and which takes nothing when it is told so. */
public final class TestQueue implements AutoCloseable {
    /** An alias of Alice's. */
    public static final String ALIAS = "alias@example.org";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryMailQueueFactory queues = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory());
    private final BlockingQueue<Sent> mails = new LinkedBlockingQueue<>();
    private final List<Duration> accepted = new CopyOnWriteArrayList<>();
    private final OwnAddresses addresses;
    private final Disposable subscription;
    private volatile boolean broken;
    private volatile boolean claimsBroken;
    private volatile Runnable before = () -> { };

    /** A mail that was in the queue, with its octets. */
    public record Sent(Mail mail, byte[] octets) {
    }

    /** Beside the users of a James. */
    public TestQueue(TestJames james) throws Exception {
        MemoryRecipientRewriteTable rewrites = new MemoryRecipientRewriteTable();
        rewrites.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        rewrites.setDomainList(james.domains());
        rewrites.setUsersRepository(james.users());
        rewrites.setUserEntityValidator(UserEntityValidator.NOOP);
        rewrites.addAliasMapping(MappingSource.fromUser("alias", "example.org"), TestJames.ALICE.asString());
        addresses = new OwnAddresses(new CanSendFromImpl(rewrites, new AliasReverseResolverImpl(rewrites)), james.users());
        subscription = Flux.from(queues.createQueue(MailQueueFactory.SPOOL).deQueue()).subscribe(item -> mails.add(copy(item.getMail())));
    }

    /** The queue as it is written to. */
    public MailSpool spool() {
        return new MailSpool(new Breaking());
    }

    /** Which addresses are whose. */
    public OwnAddresses addresses() {
        return addresses;
    }

    /** The queue takes nothing, or takes mail again. */
    public void breakDown(boolean isBroken) {
        broken = isBroken;
    }

    /** The same table, where nothing can be claimed once {@link #breakClaims} was told. */
    public SubmissionTable claims(SubmissionTable table) {
        return (SubmissionTable) Proxy.newProxyInstance(SubmissionTable.class.getClassLoader(), new Class<?>[] {SubmissionTable.class},
            (proxy, method, arguments) -> claimsBroken && method.getName().equals("claim")
                ? Mono.error(new IllegalStateException("broken")) : method.invoke(table, arguments));
    }

    /** From now on no message can be claimed. */
    public void breakClaims() {
        claimsBroken = true;
    }

    /** What happens whenever a mail is about to be taken. */
    public void before(Runnable action) {
        before = action;
    }

    /** For how long each mail that the queue has taken is held. */
    public List<Duration> accepted() {
        return List.copyOf(accepted);
    }

    /** The next mail that is not held. */
    public Sent next() throws InterruptedException {
        Sent next = mails.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no mail within " + PATIENCE);
        }
        return next;
    }

    private static Sent copy(Mail mail) {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            mail.getMessage().writeTo(octets);
            LifecycleUtil.dispose(mail);
            return new Sent(mail, octets.toByteArray());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        subscription.dispose();
    }

    private Object enQueue(MailQueue real, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        before.run();
        if (broken) {
            throw new MailQueue.MailQueueException("broken");
        }
        try {
            Object nothing = method.invoke(real, arguments);
            accepted.add(arguments.length > 1 ? (Duration) arguments[1] : Duration.ZERO);
            return nothing;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private final class Breaking implements MailQueueFactory<MailQueue> {
        @Override
        public Optional<MailQueue> getQueue(MailQueueName name, PrefetchCount count) {
            return queues.getQueue(name, count).map(MailQueue.class::cast);
        }

        @Override
        public MailQueue createQueue(MailQueueName name, PrefetchCount count) {
            MailQueue real = queues.createQueue(name, count);
            return (MailQueue) Proxy.newProxyInstance(MailQueue.class.getClassLoader(), new Class<?>[] {MailQueue.class},
                (proxy, method, arguments) -> method.getName().equals("enQueue") ? enQueue(real, method, arguments)
                    : method.invoke(real, arguments));
        }

        @Override
        public Set<MailQueueName> listCreatedMailQueues() {
            return queues.listCreatedMailQueues();
        }
    }
}
