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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.lemonade.imap.select.Condstore;
import io.jamesext.lemonade.imap.select.SelectedFolder;
import io.jamesext.lemonade.imap.utf8.Utf8Accept;
import reactor.core.publisher.Mono;

/**
 * Tells of new messages what a client has asked for once. RFC 5465 sections 5.2 and 7. The UID is always told; no message becomes
 * {@code \Seen} by it, and one that cannot be decoded is passed over.
 */
public final class ArrivalFetch {
    private static final FetchRequest.Modifiers NONE = new FetchRequest.Modifiers(OptionalLong.empty(), false, Optional.empty());

    private final MessageAnswers answers;

    /** With what is kept of messages' structures. */
    public ArrivalFetch(MessageAnswers answers) {
        this.answers = answers;
    }

    /** Whether telling them makes mod-sequences known, which switches CONDSTORE on. RFC 7162 section 3.1. */
    public static boolean tellModSeqs(List<FetchItem> items) {
        return items.contains(FetchItem.Attribute.MODSEQ);
    }

    /** Tells of messages that the client knows to exist. */
    public Mono<Void> tell(List<FetchItem> items, List<MessageUid> uids, ImapSession session, Responder responder) {
        return Mono.fromCallable(() -> {
            boolean condstore = Condstore.aware(session);
            SelectedFolder folder = (SelectedFolder) session.getSelected();
            FetchRequest request = new FetchRequest(new Tag("*"), new FetchRequest.Messages(List.of(), true),
                condstore ? withModSeq(items) : items, NONE);
            return new FetchRun(answers, request, new FetchRun.Options(false, condstore, Utf8Accept.isEnabled(session)),
                new FetchRun.Mailbox(folder.getMessageManager(), folder, session.getMailboxSession()), responder);
        }).flatMap(run -> run.answer(MessageRange.toRanges(uids)));
    }

    /** RFC 7162 section 3.2.4: it is in each FETCH that was not asked for. */
    private static List<FetchItem> withModSeq(List<FetchItem> items) {
        List<FetchItem> all = new ArrayList<>(items);
        all.add(FetchItem.Attribute.MODSEQ);
        return all;
    }
}
