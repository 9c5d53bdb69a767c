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

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import javax.mail.Flags;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.mail.util.SharedByteArrayInputStream;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.transport.mailets.delivery.MailboxAppender;
import org.apache.james.transport.mailets.delivery.MailboxAppenderImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.StorageDirective;

import io.jamesext.dmap.ring.Mode;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Puts messages into mailboxes as James's LocalDelivery does, by the same classes and with as many attempts, but without what that one
 * adds in the clear: Return-Path with the sender, Delivered-To with the address, and the line in the log that names both.
 */
final class SealedDelivery {
    private static final Retry ATTEMPTS = Retry.backoff(3, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(1));

    private final MailboxAppender mailboxes;

    SealedDelivery(MailboxManager mailboxManager) {
        this.mailboxes = new MailboxAppenderImpl(mailboxManager);
    }

    /** Blocks until the message is stored where the mail's directives for the user say. */
    void deliver(byte[] message, Username user, Mail mail, Mode mode) throws MessagingException {
        MimeMessage octets = new MimeMessage(null, new SharedByteArrayInputStream(message));
        StorageDirective directive = directive(StorageDirective.fromMail(user, mail), mode);
        Mono.defer(() -> append(octets, user, directive)).retryWhen(ATTEMPTS).block();
    }

    private Mono<Void> append(MimeMessage message, Username user, StorageDirective directive) {
        try {
            return Mono.from(mailboxes.append(message, user, directive)).then();
        } catch (MessagingException e) {
            return Mono.error(e);
        }
    }

    /** PROTOCOL.md section 7.2: in PARANOID mode the user's rules cannot set the flags that the user cannot set. */
    private static StorageDirective directive(StorageDirective wanted, Mode mode) {
        Flags flags = wanted.getFlags().orElseGet(Flags::new);
        StorageDirective.Builder directive = StorageDirective.builder()
            .targetFolder(wanted.getTargetFolder().orElse(MailboxConstants.INBOX))
            .seen(Optional.of(flags.contains(Flags.Flag.SEEN)));
        if (mode != Mode.PARANOID) {
            directive.important(Optional.of(flags.contains(Flags.Flag.FLAGGED))).keywords(Optional.of(Arrays.asList(flags.getUserFlags())));
        }
        return directive.build();
    }
}
