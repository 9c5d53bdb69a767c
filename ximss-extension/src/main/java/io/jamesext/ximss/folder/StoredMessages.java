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
package io.jamesext.ximss.folder;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.mail.MessageFlags;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Single messages, whole, for who may read them. */
public final class StoredMessages {
    private static final Logger LOGGER = LoggerFactory.getLogger(StoredMessages.class);

    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public StoredMessages(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** The message of a UID; or fails with {@link Failure#NO_SUCH_MESSAGE}. */
    public Mono<MessageResult> find(MessageManager mailbox, long uid, MailboxSession session) {
        return find(mailbox, uid, FetchGroup.FULL_CONTENT, session);
    }

    /** The octets that the message of a UID has; or fails likewise. */
    public Mono<Long> size(MessageManager mailbox, long uid, MailboxSession session) {
        return find(mailbox, uid, FetchGroup.MINIMAL, session).map(MessageResult::getSize);
    }

    /** The header of a message. */
    public record Header(long uid, MailHeader fields) {
    }

    /** The headers of all messages, read as they are asked for. */
    public Flux<Header> headers(MessageManager mailbox, MailboxSession session) {
        return mailboxes.require(Set.of(Right.Read), mailbox, session)
            .thenMany(Flux.defer(() -> mailbox.getMessagesReactive(MessageRange.all(), FetchGroup.HEADERS, session)))
            .map(message -> new Header(message.getUid().asLong(), FolderReader.header(header(message))));
    }

    private Mono<MessageResult> find(MessageManager mailbox, long uid, FetchGroup group, MailboxSession session) {
        return mailboxes.require(Set.of(Right.Read), mailbox, session)
            .thenMany(Flux.defer(() -> mailbox.getMessagesReactive(MessageRange.one(MessageUid.of(Math.max(uid, 1))), group, session)))
            .next()
            .filter(found -> found.getUid().asLong() == uid)
            .switchIfEmpty(Mono.error(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such message")));
    }

    /** Sets a flag of a message, where that can be: it says what was done with the message, which is done whether it is said or not. */
    public Mono<Void> mark(MessageManager mailbox, long uid, String flag, MailboxSession session) {
        return mailboxes.require(Set.of(Right.Write), mailbox, session)
            .then(Mono.defer(() -> Mono.from(mailbox.setFlagsReactive(MessageFlags.Update.parse(flag).set(), FlagsUpdateMode.ADD,
                MessageRange.one(MessageUid.of(uid)), session))))
            .then()
            .onErrorResume(e -> {
                LOGGER.info("the flag {} was not set: {}", flag, e.toString());
                return Mono.empty();
            });
    }

    /** The octets of a message. */
    public static ByteSource octets(MessageResult message) {
        return source(message::getFullContent);
    }

    /** The octets of the header of a message that was read with it. */
    static ByteSource header(MessageResult message) {
        return source(message::getHeaders);
    }

    /** A part of a message that James has read. */
    @FunctionalInterface
    private interface Part {
        Content content() throws MailboxException, IOException;
    }

    private static ByteSource source(Part part) {
        return new ByteSource() {
            @Override
            public InputStream openStream() throws IOException {
                try {
                    return part.content().getInputStream();
                } catch (MailboxException e) {
                    throw new IOException(e);
                }
            }
        };
    }
}
