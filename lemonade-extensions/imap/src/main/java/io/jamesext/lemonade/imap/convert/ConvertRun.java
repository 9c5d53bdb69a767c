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
package io.jamesext.lemonade.imap.convert;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.fetch.AnswerBuffer;
import io.jamesext.lemonade.imap.fetch.FetchLine;
import io.jamesext.lemonade.imap.pace.Pace;
import io.jamesext.urlauth.PartialRange;
import io.jamesext.urlauth.Section;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One CONVERT command while it runs: message by message and item by item, at the pace of its client. RFC 5259 section 8. */
final class ConvertRun {
    /** Octets that are written before it is asked whether the client has taken any. */
    private static final int ANSWER_BYTES = 1 << 16;

    /** The mailbox and how the client sees it. */
    record Mailbox(MessageManager messages, SelectedMailbox selected, MailboxSession session) {
    }

    private final PartConversions conversions;
    private final ConvertRequest request;
    private final Mailbox mailbox;
    private final boolean utf8;
    private final Responder responder;
    private final List<ConvertItem> items;
    private final AnswerBuffer buffer;
    private boolean begun;
    private Optional<ConvertError> gaveUp = Optional.empty();
    private boolean succeeded;
    private boolean failed;
    private boolean failedForGood;

    ConvertRun(PartConversions conversions, ConvertRequest request, Mailbox mailbox, boolean utf8, Responder responder) {
        this.conversions = conversions;
        this.request = request;
        this.mailbox = mailbox;
        this.utf8 = utf8;
        this.responder = responder;
        this.items = new ArrayList<>(request.items());
        // RFC 5259 section 8.2: a structure before its octets.
        items.sort(Comparator.comparing(item -> item.kind().isContent()));
        this.buffer = new AnswerBuffer(utf8);
    }

    /** RFC 5259 section 9: whether there was something to do, and all of it failed. */
    boolean allFailed() {
        return failed && !succeeded;
    }

    /** Whether some conversion failed that would fail again. */
    boolean failedForGood() {
        return failedForGood;
    }

    /** Answers for these messages; one that is gone is passed over. */
    Mono<Void> answer(List<MessageUid> uids) {
        // RFC 5259 section 10: UID may be all that is asked for.
        FetchGroup needed = items.isEmpty() ? FetchGroup.MINIMAL : FetchGroup.FULL_CONTENT;
        return Mono.deferContextual(context -> Flux.fromIterable(uids)
            .concatMap(uid -> Flux.from(mailbox.messages().getMessagesReactive(MessageRange.one(uid), needed, mailbox.session())), 1)
            .concatMap(message -> line(message, context.get(Pace.class)), 1)
            .then());
    }

    private Mono<Void> line(MessageResult message, Pace pace) {
        Optional<Integer> number = mailbox.selected().msn(message.getUid()).asInt();
        if (number.isEmpty()) {
            return Mono.empty();
        }
        begun = false;
        buffer.line().value("*").number(number.get()).value("CONVERTED")
            .open().value("TAG").string(request.getTag().asString()).close().open();
        if (request.tellsUid()) {
            buffer.value("UID").number(message.getUid().asLong());
        }
        // RFC 5259 section 9: one ERROR is enough for all items of a conversion.
        Set<Section> refused = new HashSet<>();
        return Flux.fromIterable(items)
            .concatMap(item -> refused.contains(item.section()) ? Mono.<Void>empty() : item(item, message, pace)
                .onErrorResume(ConvertErrorException.class, e -> Mono.fromRunnable(() -> {
                    refused.add(item.section());
                    write(item, e.error());
                }))
                .then(Mono.defer(() -> buffer.size() > ANSWER_BYTES ? flush().then(pace.taken()) : Mono.empty())), 1)
            .then(Mono.<Void>fromRunnable(this::end))
            .doOnError(e -> {
                if (begun) {
                    // Nothing but the end of the connection can stop a line that has begun.
                    pace.abandon();
                }
            });
    }

    private Mono<Void> item(ConvertItem item, MessageResult message, Pace pace) {
        return switch (item.kind()) {
            case AVAILABLE -> Blocking.call(() -> conversions.available(message, item.section(), request.wanted()))
                .flatMap(types -> Mono.fromRunnable(() -> write(item, types)));
            case HEADER -> Blocking.call(() -> conversions.header(message, item, request.wanted(), utf8))
                .flatMap(header -> content(item, header, false, pace));
            case STRUCTURE, SIZE, BINARY -> converted(item, message)
                .flatMap(converted -> converted instanceof Converted.Part part
                    ? write(item, part, pace)
                    : Mono.error(new ConvertErrorException(((Converted.Failure) converted).error())));
        };
    }

    /** One conversion that takes too long is enough for a command: another one might too. */
    private Mono<Converted> converted(ConvertItem item, MessageResult message) {
        return gaveUp.<Mono<Converted>>map(error -> Mono.error(new ConvertErrorException(error)))
            .orElseGet(() -> conversions.convert(message, item.section(), request.wanted()));
    }

    private void write(ConvertItem item, ConvertError error) {
        failed = true;
        gaveUp = error.code() == ConvertError.Code.TEMPFAIL_10 ? Optional.of(error) : gaveUp;
        failedForGood |= !error.code().isTemporary();
        buffer.value(item.name());
        error.write(buffer);
    }

    private void write(ConvertItem item, List<String> types) {
        succeeded = true;
        // RFC 5259 section 10, mimetype-list: two levels, so that it is never taken for an ERROR.
        buffer.value(item.name()).open().open();
        types.forEach(buffer::string);
        buffer.close().close();
    }

    private Mono<Void> write(ConvertItem item, Converted.Part part, Pace pace) {
        if (item.kind() == ConvertItem.Kind.BINARY) {
            return content(item, part.octets(), part.hasNul(), pace);
        }
        succeeded = true;
        buffer.value(item.name());
        if (item.kind() == ConvertItem.Kind.SIZE) {
            buffer.number(part.octets().length);
        } else {
            part.writeStructure(buffer);
        }
        return Mono.empty();
    }

    /** Octets in the range of the item: of what was converted, as RFC 5259 section 6 says. */
    private Mono<Void> content(ConvertItem item, byte[] octets, boolean hasNul, Pace pace) {
        succeeded = true;
        int start = (int) Math.min(octets.length, item.range().map(PartialRange::offset).orElse(0L));
        int length = (int) Math.min(octets.length - start, item.range().map(range -> range.length().orElseThrow()).orElse(Long.MAX_VALUE));
        buffer.value(item.answerName());
        if (length == 0) {
            buffer.string("");
            return Mono.empty();
        }
        // RFC 3516 section 4.3: a literal8 where NUL is in it, and only there.
        buffer.value((hasNul ? "~{" : "{") + length + "}\r\n");
        if (length + buffer.size() <= ANSWER_BYTES) {
            buffer.octets(Arrays.copyOfRange(octets, start, start + length));
            return Mono.empty();
        }
        return flush().then(pace.send(new ByteArrayInputStream(octets, start, length), length));
    }

    private Mono<Void> flush() {
        return Mono.fromRunnable(() -> {
            begun = true;
            responder.respond(new FetchLine(buffer.take(), false));
            responder.flush();
        });
    }

    private void end() {
        buffer.close();
        responder.respond(new FetchLine(buffer.take(), true));
    }
}
