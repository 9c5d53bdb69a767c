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

package io.jamesext.lemonade.imap.catenate;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;

import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.ImapUrl;
import io.jamesext.urlauth.UrlContent;
import io.jamesext.urlauth.UrlContents;
import org.apache.james.imap.message.Literal;
import org.apache.james.mailbox.MailboxSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts a message together without copying it: finds all its parts, adds up their sizes, and answers one literal that streams one part
 * after the other.
 * RFC 4469 section 3: octets unchanged, no {@code \Seen}, nothing appended unless every part is there.
 */
public final class Catenation {
    private final UrlContents contents;

    public Catenation(UrlContents contents) {
        this.contents = contents;
    }

    /**
     * Finds the parts in their order, so that the first URL that fails is the one that is told.
     *
     * @param maxBytes what the message may have at most
     * @return the message, or a failure with its response code
     */
    Mono<Literal> assemble(List<CatenatePart> parts, MailboxSession session, long maxBytes) {
        return Flux.fromIterable(parts)
            .concatMap(part -> piece(part, session))
            .collectList()
            .map(pieces -> whole(pieces, maxBytes));
    }

    private Mono<Piece> piece(CatenatePart part, MailboxSession session) {
        if (part instanceof CatenatePart.Text text) {
            return Mono.fromCallable(() -> new Piece(text.literal().size(), text.literal()::getInputStream));
        }
        String url = ((CatenatePart.Url) part).url();
        return Mono.fromCallable(() -> ImapUrl.parse(url))
            .flatMap(parsed -> open(parsed, session))
            .map(content -> new Piece(content.sizeBytes(), content::open))
            .onErrorMap(BadUrlException.class, e -> CatenateException.badUrl(url));
    }

    private Mono<UrlContent> open(ImapUrl url, MailboxSession session) {
        // RFC 4469 section 3: only URLs relative to this server and this user; a token has no place in one.
        if (!url.isServerRelative() || url.authorization().isPresent()) {
            return Mono.error(new BadUrlException("not a relative URL of a message"));
        }
        return contents.open(url, session);
    }

    private static Literal whole(List<Piece> pieces, long maxBytes) {
        long sizeBytes = 0;
        for (Piece piece : pieces) {
            // Both are at most 2^32 here, so that the sum cannot wrap.
            sizeBytes += piece.sizeBytes();
            if (sizeBytes > maxBytes) {
                throw CatenateException.tooBig();
            }
        }
        return new Whole(pieces, sizeBytes);
    }

    /** Opens the octets of a part. */
    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }

    private record Piece(long sizeBytes, Source source) {
    }

    private record Whole(List<Piece> pieces, long sizeBytes) implements Literal {
        @Override
        public long size() {
            return sizeBytes;
        }

        @Override
        public InputStream getInputStream() {
            Iterator<Piece> left = pieces.iterator();
            // Opened one by one: a message of many parts must not hold many files open.
            return new SequenceInputStream(new Enumeration<InputStream>() {
                @Override
                public boolean hasMoreElements() {
                    return left.hasNext();
                }

                @Override
                public InputStream nextElement() {
                    try {
                        return left.next().source().open();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
    }
}
