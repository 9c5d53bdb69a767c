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

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.apache.james.imap.message.Literal;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;

import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.append.NewMessage.Piece;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.ImapUrl;
import io.jamesext.urlauth.UrlContent;
import io.jamesext.urlauth.UrlContents;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds what a message is put together of, and puts it together. RFC 4469 section 3: octets unchanged, no {@code \Seen}; a message of one
 * literal stays where it is.
 */
public final class MessageAssembly {
    /** Octets of a message that are kept on the heap: protects it from many large messages at once. */
    static final int MEMORY_BYTES = 1 << 20;
    private final UrlContents contents;

    public MessageAssembly(UrlContents contents) {
        this.contents = contents;
    }

    /** How many octets the messages of a command may still have: RFC 4469 section 4.2. */
    static final class Room {
        private long leftBytes;

        Room(long leftBytes) {
            this.leftBytes = leftBytes;
        }

        void take(long sizeBytes) {
            // Subtracted from what is left, so that no sum can overflow.
            if (sizeBytes > leftBytes) {
                throw AppendException.tooBig();
            }
            leftBytes -= sizeBytes;
        }
    }

    /** The content of the message, or an {@link AppendException}. What it has on the disk is in {@code spools}, for the caller to close. */
    Mono<Content> assemble(NewMessage message, MailboxSession session, Room room, List<Spool> spools) {
        return octets(message, session, room, spools)
            .flatMap(octets -> encoded(octets, message))
            .map(MessageAssembly::notEmpty);
    }

    private Mono<Content> octets(NewMessage message, MailboxSession session, Room room, List<Spool> spools) {
        if (message.pieces().size() == 1 && message.pieces().get(0) instanceof Piece.Octets octets) {
            return Mono.fromCallable(() -> {
                room.take(octets.literal().size());
                return octets.literal().asMailboxContent();
            });
        }
        return Mono.defer(() -> {
            Spool spool = new Spool(MEMORY_BYTES);
            spools.add(spool);
            // In their order, so that the first URL that fails is the one that is told.
            return Flux.fromIterable(message.pieces())
                .concatMap(piece -> add(piece, session, room, spool))
                .then(Mono.<Content>just(spool));
        });
    }

    private Mono<Void> add(Piece piece, MailboxSession session, Room room, Spool spool) {
        if (piece instanceof Piece.Octets octets) {
            return Blocking.run(() -> copy(octets.literal(), room, spool));
        }
        String url = ((Piece.Url) piece).url();
        return Mono.fromCallable(() -> ImapUrl.parse(url))
            .flatMap(parsed -> open(parsed, session))
            .onErrorMap(BadUrlException.class, e -> AppendException.badUrl(url))
            .flatMap(content -> Blocking.run(() -> copy(content, url, room, spool)));
    }

    private Mono<UrlContent> open(ImapUrl url, MailboxSession session) {
        // RFC 4469 section 3: only URLs relative to this server and this user; a token has no place in one.
        if (!url.isServerRelative() || url.authorization().isPresent()) {
            return Mono.error(new BadUrlException("not a relative URL of a message"));
        }
        return contents.open(url, session);
    }

    private static void copy(Literal literal, Room room, Spool spool) throws IOException {
        room.take(literal.size());
        try (InputStream octets = literal.getInputStream()) {
            octets.transferTo(spool.out());
        }
    }

    private static void copy(UrlContent content, String url, Room room, Spool spool) throws IOException {
        room.take(content.sizeBytes());
        try (InputStream octets = content.open()) {
            if (octets.transferTo(spool.out()) != content.sizeBytes()) {
                throw AppendException.badUrl(url);
            }
        } catch (BadUrlException e) {
            throw AppendException.badUrl(url);
        }
    }

    /** On this thread when the octets are few and at hand, otherwise where blocking is allowed. */
    private static Mono<Content> encoded(Content content, NewMessage message) {
        Mono<Content> encoded = Mono.fromCallable(() -> BinaryParts.encoded(content));
        boolean atHand = message.pieces().size() == 1 && sizeBytes(content) <= MEMORY_BYTES / 16;
        return atHand ? encoded : encoded.subscribeOn(Blocking.SCHEDULER);
    }

    private static Content notEmpty(Content content) {
        if (sizeBytes(content) == 0) {
            throw AppendException.empty();
        }
        if (sizeBytes(content) > Integer.MAX_VALUE) {
            // James counts the octets of a message in an int; base64 makes more of them.
            throw AppendException.tooBig();
        }
        return content;
    }

    static long sizeBytes(Content content) {
        try {
            return content.size();
        } catch (MailboxException e) {
            throw new IllegalStateException("the size of received octets is known", e);
        }
    }
}
