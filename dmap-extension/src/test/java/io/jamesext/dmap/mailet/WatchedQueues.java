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
package io.jamesext.dmap.mailet;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.mailet.Mail;

/**
 * James's queues, with something else in the place of putting a mail into one.
 *
 * @param queues the real ones
 * @param enQueuing what happens
 */
public record WatchedQueues(MailQueueFactory<? extends MailQueue> queues, EnQueuing enQueuing) implements MailQueueFactory<MailQueue> {
    /** Puts a mail into the real queue, or not. */
    public interface EnQueuing {
        /** With the delay that is wanted. */
        void enQueue(MailQueue queue, Mail mail, Duration delay) throws Exception;
    }

    @Override
    public Optional<MailQueue> getQueue(MailQueueName name, PrefetchCount count) {
        return queues.getQueue(name, count).map(this::watched);
    }

    @Override
    public MailQueue createQueue(MailQueueName name, PrefetchCount count) {
        return watched(queues.createQueue(name, count));
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        return queues.listCreatedMailQueues();
    }

    private MailQueue watched(MailQueue real) {
        return (MailQueue) Proxy.newProxyInstance(MailQueue.class.getClassLoader(), new Class<?>[] {MailQueue.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("enQueue")) {
                    enQueuing.enQueue(real, (Mail) arguments[0], arguments.length > 1 ? (Duration) arguments[1] : Duration.ZERO);
                    return null;
                }
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }
}
