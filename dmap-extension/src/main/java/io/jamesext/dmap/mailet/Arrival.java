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

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;

import io.jamesext.dmap.dime.message.MessageLayout;
import io.jamesext.dmap.mail.DimeWrapper;
import io.jamesext.kernel.failure.ProtocolException;

/** A mail that has arrived, read at the first need and at most once; as long as it is open, its octets count as used memory. */
final class Arrival implements AutoCloseable {
    private final Mail mail;
    private final Semaphore memory;
    private final long size;
    private final boolean dime;
    private int taken;
    private @Nullable ArrivedMail contents;

    /**
     * @param memory octets that may be in use; one who needs more than are left waits
     */
    Arrival(Mail mail, Semaphore memory) throws MessagingException {
        this.mail = mail;
        this.memory = memory;
        this.size = mail.getMessageSize();
        this.dime = isDime(mail.getMessage());
    }

    /** Octets of the message. */
    long size() {
        return size;
    }

    /** Whether it is a DIME message behind a header, and not only says so. */
    boolean isDime() {
        return dime;
    }

    /** The key that a DIME message says it is for, as {@link DimeWrapper#keyName} has it. */
    Optional<String> keyName() throws MessagingException {
        return Optional.ofNullable(mail.getMessage().getHeader(DimeWrapper.KEY_FIELD, null));
    }

    /** The whole message, not to be longer than what the memory holds at most, in the form that its recipient stores. */
    byte[] octets(Verdict.Encrypt verdict, MailAddress recipient, Sealer sealer) throws Exception {
        take();
        if (contents == null) {
            contents = ArrivedMail.read(() -> new MimeMessageInputStream(mail.getMessage()), Instant.now());
        }
        return sealer.seal(contents.contents(trace(recipient)), verdict.user(), verdict.key(), verdict.organisation());
    }

    /** The DIME message behind a new header. */
    byte[] octets(Verdict.Rewrap verdict) throws Exception {
        take();
        try (InputStream message = mail.getMessage().getInputStream()) {
            return Sealer.wrap(message.readAllBytes(), verdict.key());
        }
    }

    @Override
    public void close() {
        memory.release(taken);
        taken = 0;
    }

    private void take() {
        if (taken == 0) {
            int permits = (int) size;
            memory.acquireUninterruptibly(permits);
            taken = permits;
        }
    }

    /** What James's LocalDelivery puts in front for all to see: the sender, and what mailets have ordered for the recipient. */
    private String trace(MailAddress recipient) {
        return "Return-Path: " + mail.getMaybeSender().asPrettyString() + "\r\n"
            + mail.getPerRecipientSpecificHeaders().getHeadersForRecipient(recipient).stream()
                .map(header -> (header.getName() + ": " + header.getValue()).replaceAll("[\r\n]", " ") + "\r\n")
                .collect(Collectors.joining());
    }

    private static boolean isDime(MimeMessage message) {
        try {
            if (!message.isMimeType(DimeWrapper.MEDIA_TYPE)) {
                return false;
            }
            try (InputStream content = message.getInputStream()) {
                MessageLayout.read(content);
                return true;
            }
        } catch (ProtocolException | MessagingException | IOException e) {
            return false;
        }
    }
}
