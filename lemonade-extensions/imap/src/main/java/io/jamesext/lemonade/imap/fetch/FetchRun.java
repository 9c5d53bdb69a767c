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

package io.jamesext.lemonade.imap.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import javax.mail.Flags;

import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.lemonade.imap.fetch.FetchItem.Attribute;
import io.jamesext.lemonade.imap.pace.Pace;
import io.jamesext.urlauth.UrlContent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** One FETCH command while it runs: message by message, at the pace of its client. */
final class FetchRun {
    /** Octets that are written before it is asked whether the client has taken any. */
    private static final int ANSWER_BYTES = 1 << 16;
    /** A message that is looked into elsewhere than on the event loop, which serves other clients too. */
    private static final int LARGE_BYTES = 1 << 18;

    /** Whether the session may set \Seen, whether it knows of mod-sequences, and whether of header fields in UTF-8. */
    record Options(boolean maySee, boolean condstore, boolean utf8) {
    }

    /** The mailbox and how the client sees it. */
    record Mailbox(MessageManager messages, SelectedMailbox selected, MailboxSession session) {
    }

    private final MessageAnswers answers;
    private final Options options;
    private final Mailbox mailbox;
    private final Responder responder;
    private final OptionalLong changedSince;
    /** What is told of each message: content last, so that the client knows whose it is when it comes. */
    private final List<FetchItem> items;
    private final List<FetchItem.Content> contents = new ArrayList<>();
    private final FetchItem.Need need;
    private final boolean marks;
    /** Of the line that is being written; one for all, since there is one at a time. */
    private final AnswerBuffer buffer;
    private int unpaced;
    private boolean unknownEncoding;

    FetchRun(MessageAnswers answers, FetchRequest request, Options options, Mailbox mailbox, Responder responder) {
        this.answers = answers;
        this.options = options;
        this.mailbox = mailbox;
        this.responder = responder;
        this.buffer = new AnswerBuffer(options.utf8());
        this.changedSince = request.modifiers().changedSince();
        this.items = new ArrayList<>(request.items());
        items.removeIf(item -> item instanceof FetchItem.Content content && contents.add(content));
        // RFC 3501 section 6.4.8.
        imply(Attribute.UID, request.messages().uids());
        // RFC 7162 section 3.1.4.1.
        imply(Attribute.MODSEQ, changedSince.isPresent());
        this.need = request.items().stream().map(FetchItem::need).max(FetchItem.Need::compareTo).orElse(FetchItem.Need.METADATA);
        this.marks = options.maySee() && contents.stream().anyMatch(content -> !content.peek());
    }

    private void imply(Attribute attribute, boolean implied) {
        if (implied && !items.contains(attribute)) {
            items.add(attribute);
        }
    }

    /** Whether a message was left out because nobody can decode what was asked of it. */
    boolean metUnknownEncoding() {
        return unknownEncoding;
    }

    /** Answers for the messages of these ranges; one that is gone is passed over. */
    Mono<Void> answer(List<MessageRange> ranges) {
        FetchedMessages messages = new FetchedMessages(mailbox.messages(), mailbox.session(), this::wanted);
        return Mono.deferContextual(context -> {
            Pace pace = context.get(Pace.class);
            return Flux.fromIterable(ranges)
                .concatMap(range -> messages.read(range, need), 1)
                .concatMap(message -> answer(message, pace), 1)
                .then();
        });
    }

    private boolean wanted(Fetched message) {
        return changedSince.isEmpty() || message.state().modSeq().asLong() > changedSince.getAsLong();
    }

    private Mono<Void> answer(Fetched message, Pace pace) {
        Mono<Void> ready = Mono.empty();
        if (unpaced > ANSWER_BYTES) {
            unpaced = 0;
            ready = pace.taken();
        }
        if (need == FetchItem.Need.CONTENT && message.content().getSize() > LARGE_BYTES && answers.takePass(items, contents, message)) {
            ready = ready.publishOn(Schedulers.boundedElastic());
        }
        return ready.then(Mono.defer(() -> line(message, pace)));
    }

    private Mono<Void> line(Fetched message, Pace pace) {
        Optional<Integer> number = mailbox.selected().msn(message.uid()).asInt();
        if (number.isEmpty()) {
            // Expunged, or so new that the client has not been told of it.
            return Mono.empty();
        }
        try {
            if (!answers.decodable(message, items, contents)) {
                unknownEncoding = true;
                return Mono.empty();
            }
        } catch (IOException e) {
            return Mono.error(e);
        }
        return marks && !message.state().flags().contains(Flags.Flag.SEEN)
            ? seen(message).flatMap(marked -> line(number.get(), marked, true, pace))
            : line(number.get(), message, false, pace);
    }

    /** RFC 3501 section 6.4.5: the flag is set, and told with the content. */
    private Mono<Fetched> seen(Fetched message) {
        MessageRange one = MessageRange.one(message.uid());
        Flags flags = new Flags(message.state().flags());
        flags.add(Flags.Flag.SEEN);
        Fetched marked = message.with(new Fetched.State(flags, message.state().modSeq()));
        Mono<Void> set = Mono.from(mailbox.messages().setFlagsReactive(new Flags(Flags.Flag.SEEN), MessageManager.FlagsUpdateMode.ADD, one,
            mailbox.session())).then();
        if (!options.condstore()) {
            return set.thenReturn(marked);
        }
        return set.then(Flux.from(mailbox.messages().listMessagesMetadata(one, mailbox.session())).next()
            .map(changed -> marked.with(new Fetched.State(flags, changed.getModSeq())))
            .defaultIfEmpty(marked));
    }

    private Mono<Void> line(int number, Fetched message, boolean changed, Pace pace) {
        buffer.line().value("*").number(number).value("FETCH").open();
        try {
            for (FetchItem item : changed ? itemsOfChange() : items) {
                answers.write(item, message, mailbox.selected().isRecent(message.uid()), buffer);
            }
        } catch (IOException e) {
            return Mono.error(e);
        }
        if (contents.isEmpty()) {
            end();
            return Mono.empty();
        }
        return Flux.fromIterable(contents)
            .concatMap(content -> content(content, message, pace), 1)
            .then(Mono.<Void>fromRunnable(this::end))
            // Nothing but the end of the connection can stop a line that has begun.
            .doOnError(e -> pace.abandon());
    }

    private List<FetchItem> itemsOfChange() {
        Set<FetchItem> told = new LinkedHashSet<>(items);
        told.add(Attribute.FLAGS);
        if (options.condstore()) {
            // RFC 7162 section 3.2.4.
            told.add(Attribute.UID);
            told.add(Attribute.MODSEQ);
        }
        return List.copyOf(told);
    }

    private Mono<Void> content(FetchItem.Content item, Fetched message, Pace pace) {
        UrlContent large;
        try {
            large = answers.write(item, message, buffer).orElse(null);
        } catch (IOException e) {
            return Mono.error(e);
        }
        if (large == null && buffer.size() <= ANSWER_BYTES) {
            return Mono.empty();
        }
        respond(false);
        responder.flush();
        if (large == null) {
            unpaced = 0;
            return pace.taken();
        }
        unpaced = ANSWER_BYTES + 1;
        UrlContent octets = large;
        return Mono.using(octets::open, in -> pace.send(in, octets.sizeBytes()), FetchRun::close);
    }

    private void end() {
        buffer.close();
        respond(true);
    }

    private void respond(boolean last) {
        byte[] octets = buffer.take();
        unpaced += octets.length;
        responder.respond(new FetchLine(octets, last));
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
