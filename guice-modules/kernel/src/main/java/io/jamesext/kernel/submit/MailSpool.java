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
package io.jamesext.kernel.submit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

import javax.mail.MessagingException;

import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;

import com.google.common.base.Suppliers;
import com.google.common.io.ByteSource;
import com.google.inject.Inject;

/** The queue where James's SMTP server puts what it has taken, and in front of James's mailets. */
public final class MailSpool {
    private final Supplier<MailQueue> queue;
    private final boolean holding;

    /** On James's queue, which is opened at its first use. */
    @Inject
    public MailSpool(MailQueueFactory<?> queues) {
        this.queue = Suppliers.memoize(() -> queues.createQueue(MailQueueFactory.SPOOL));
        this.holding = isHolding(queues);
    }

    /** Whether James can hold mail back in such queues: the one on RabbitMQ cannot, and delivers at once. */
    public static boolean isHolding(MailQueueFactory<?> queues) {
        return !queues.getClass().getSimpleName().startsWith("RabbitMQ");
    }

    /** Whether the queue can hold mail back. */
    public boolean isHolding() {
        return holding;
    }

    /** Adds a mail to be delivered at once. As {@link #add(MailImpl, ByteSource, Optional)}. */
    public void add(MailImpl mail, ByteSource message) throws IOException, MessagingException, MailQueue.MailQueueException {
        add(mail, message, Optional.empty());
    }

    /**
     * Adds a mail; returns when the queue has it, which is James's promise to deliver it. Blocks.
     *
     * @param mail whose content is not set yet; it is disposed of
     * @param message the content, which is copied
     * @param hold how long it is to be held; only where {@link #isHolding}
     */
    public void add(MailImpl mail, ByteSource message, Optional<Hold> hold)
            throws IOException, MessagingException, MailQueue.MailQueueException {
        try (InputStream in = message.openStream()) {
            MimeMessageInputStreamSource source = MimeMessageInputStreamSource.create(mail.getName(), in);
            try {
                mail.setMessageContent(source);
                if (hold.isPresent()) {
                    mail.setAttribute(new Attribute(Hold.REQUEST, AttributeValue.of(hold.get().request())));
                    queue.get().enQueue(mail, hold.get().time());
                } else {
                    queue.get().enQueue(mail);
                }
            } finally {
                LifecycleUtil.dispose(source);
            }
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }
}
