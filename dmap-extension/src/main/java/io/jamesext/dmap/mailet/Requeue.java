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

import java.util.Collection;
import java.util.concurrent.TimeUnit;

import javax.mail.MessagingException;

import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

import com.google.common.collect.ImmutableList;

/**
 * Puts a mail, or a copy of it for some of its recipients, back into James's queue, where it waits and is processed once more.
 *
 * @param context of the mailet
 * @param tries the attribute that counts the mailet's failed attempts
 */
record Requeue(MailetContext context, AttributeName tries) {
    /** Minutes until the next attempt. James's queues on RabbitMQ do not wait. */
    static final ImmutableList<Integer> DELAYS = ImmutableList.of(1, 5, 15, 60);

    /** From the beginning of the mail's present processor. False when there were as many attempts as there may be: nothing is done then. */
    boolean again(Mail mail, Collection<MailAddress> recipients) throws MessagingException {
        int failed = AttributeUtils.getValueAndCastFromMail(mail, tries, Integer.class).orElse(0);
        if (failed >= DELAYS.size()) {
            return false;
        }
        Mail copy = mail.duplicate();
        try {
            copy.setRecipients(recipients);
            copy.setAttribute(new Attribute(tries, AttributeValue.of(failed + 1)));
            context.sendMail(copy, mail.getState(), DELAYS.get(failed), TimeUnit.MINUTES);
        } finally {
            LifecycleUtil.dispose(copy);
        }
        return true;
    }

    /** To the processor of errors, which keeps it for the operator. For encrypted mails only. */
    void keep(Mail mail, Collection<MailAddress> recipients) throws MessagingException {
        Mail copy = mail.duplicate();
        try {
            copy.setRecipients(recipients);
            // When the operator gives it back, it has all its attempts.
            copy.removeAttribute(tries);
            context.sendMail(copy, Mail.ERROR);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }
}
