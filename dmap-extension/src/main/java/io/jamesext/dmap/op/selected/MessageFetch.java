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
package io.jamesext.dmap.op.selected;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.jspecify.annotations.Nullable;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.mail.Chunk;
import io.jamesext.dmap.mail.ChunkedMail;
import io.jamesext.dmap.mail.DimeMessages;
import io.jamesext.dmap.mail.ShownMessage;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.reply.FetchPiece;
import io.jamesext.dmap.reply.FetchValue;
import io.jamesext.dmap.reply.Fetched;
import io.jamesext.dmap.reply.MessageName;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.session.Extension;
import io.jamesext.dmap.session.MessageState;
import io.jamesext.dmap.session.SelectedMailbox;
import io.jamesext.dmap.session.Telling;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One message's FETCH response. Draft section 8.4.1. */
final class MessageFetch {
    private final Fetch.Request request;
    private final FetchReads.Read read;
    private final MessageResult message;
    private final DmapSession session;
    private final SelectedMailbox selected;
    private final Telling telling;
    private @Nullable ShownMessage shown;

    MessageFetch(Fetch.Request request, FetchReads.Read read, DmapSession session) {
        this.request = request;
        this.read = read;
        this.message = read.message();
        this.session = session;
        this.selected = session.selected();
        this.telling = session.telling(request.byUid());
    }

    Flux<DmapReply> replies() {
        OptionalInt sequence = selected.sequence(message.getUid());
        if (sequence.isEmpty()) {
            return Flux.empty();
        }
        return seen().flatMapMany(seen -> Flux.defer(() -> {
            try {
                return response(sequence.getAsInt(), seen);
            } catch (Exception e) {
                return Flux.error(e);
            }
        }));
    }

    /** The message as fetching has changed it, else empty. Draft section 7.6.4: "the \Seen flag is implicitly set". */
    private Mono<Optional<MessageState>> seen() {
        boolean sets = request.items().stream().anyMatch(item -> item instanceof FetchItem.Body body && body.sets());
        if (!sets || selected.isReadOnly() || message.getFlags().contains(Flags.Flag.SEEN)) {
            return Mono.just(Optional.empty());
        }
        return Mono.from(selected.mailbox().setFlagsReactive(new Flags(Flags.Flag.SEEN), FlagsUpdateMode.ADD,
                MessageRange.one(message.getUid()), session.mailboxSession()))
            // James does not say which mod-sequence it has given.
            .flatMap(updated -> Flux.from(selected.mailbox().listMessagesMetadata(MessageRange.one(message.getUid()),
                session.mailboxSession())).next())
            .map(now -> Optional.of(MessageState.of(now)))
            .defaultIfEmpty(Optional.empty())
            .publishOn(Blocking.SCHEDULER);
    }

    private Flux<DmapReply> response(int sequence, Optional<MessageState> changed) throws Exception {
        MessageName name = telling.name(sequence, message.getUid().asLong());
        ImmutableList<FetchValue> values = values(changed);
        ImmutableList<FetchItem.Body> bodies = request.items().stream()
            .filter(FetchItem.Body.class::isInstance).map(FetchItem.Body.class::cast).collect(ImmutableList.toImmutableList());
        if (bodies.isEmpty()) {
            return Flux.just(new Fetched(name, values));
        }
        return Flux.concat(
                Flux.just(new FetchPiece.Opening(name, values)),
                Flux.range(0, bodies.size()).concatMap(index -> body(bodies.get(index), values.isEmpty() && index == 0), 1),
                Flux.just(new FetchPiece.Closing()))
            // In the middle of a response there is no way back to the next line's beginning.
            .doOnError(error -> session.connection().closeAfterReply());
    }

    private ImmutableList<FetchValue> values(Optional<MessageState> changed) throws Exception {
        ArrayList<FetchItem> items = new ArrayList<>(request.items(telling));
        if (changed.isPresent() && !items.contains(FetchItem.Attribute.FLAGS)) {
            items.add(FetchItem.Attribute.FLAGS);
        }
        if (changed.isPresent() && telling.withModSeq() && !items.contains(FetchItem.Attribute.MODSEQ)) {
            items.add(FetchItem.Attribute.MODSEQ);
        }
        MessageState state = changed.orElse(new MessageState(message.getUid().asLong(), message.getFlags(), message.getModSeq().asLong()));
        ImmutableList.Builder<FetchValue> values = ImmutableList.builder();
        for (FetchItem item : items) {
            if (item instanceof FetchItem.Attribute attribute) {
                values.add(value(attribute, state));
            }
        }
        return values.build();
    }

    private FetchValue value(FetchItem.Attribute attribute, MessageState state) throws Exception {
        return switch (attribute) {
            case FLAGS, UID, MODSEQ -> FetchStates.value(attribute, state);
            case INTERNALDATE -> new FetchValue.InternalDate(message.getInternalDate().toInstant());
            case SIZE -> new FetchValue.Numeric("SIZE", read.isWrapped() ? DimeMessages.size(message) : message.getSize());
            case EMAILID -> new FetchValue.ObjectId("EMAILID", message.getMessageId().serialize());
            case THREADID -> new FetchValue.ObjectId("THREADID", message.getThreadId().serialize());
            case META -> new FetchValue.Meta(read.block());
            case BODYSTRUCTURE -> session.has(Extension.BINARYSTRUCT)
                ? new FetchValue.BinaryStructure(shown().chunks().chunks()) : new FetchValue.Structure(shown().chunks().chunks());
        };
    }

    private Flux<DmapReply> body(FetchItem.Body body, boolean isFirst) {
        return Flux.defer(() -> {
            try {
                if (body.chunk().isEmpty()) {
                    Content whole = shown().whole();
                    return new ContentPieces(body, whole.size(), whole::getInputStream).pieces(isFirst);
                }
                ChunkedMail chunks = shown().chunks();
                Optional<Chunk> chunk = chunks.find(body.chunk().get());
                return chunk.isEmpty()
                    ? Flux.just(new FetchPiece.Absent(body.label(), isFirst))
                    : new ContentPieces(body, chunk.get().size(), () -> chunks.open(chunk.get().id())).pieces(isFirst);
            } catch (Exception e) {
                return Flux.error(e);
            }
        });
    }

    /** Made when an item needs it, and once: to find the chunks of a DIME message takes a pass over it. */
    private ShownMessage shown() throws IOException, MailboxException {
        ShownMessage made = shown;
        if (made == null) {
            made = read.isWhole() ? ShownMessage.of(message, read.isWrapped()) : ShownMessage.ofHeader(message);
            shown = made;
        }
        return made;
    }
}
