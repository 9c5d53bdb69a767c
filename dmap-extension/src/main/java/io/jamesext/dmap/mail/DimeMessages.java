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
package io.jamesext.dmap.mail;

import java.io.IOException;
import java.util.List;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import reactor.core.publisher.Mono;

/**
 * Tells which of James's messages are DIME messages, by their headers alone, so that sizes cost no reading of contents. The header may
 * lie: only {@link ShownMessage} looks at what is behind it.
 */
public final class DimeMessages {
    private DimeMessages() {
    }

    /** Those of some messages of a mailbox; reads the headers only of those whose header is no longer than that of a DIME message. */
    public static Mono<ImmutableSet<MessageUid>> among(List<MessageResult> messages, MessageManager mailbox, MailboxSession user) {
        return Mono.fromCallable(() -> MessageRange.toRanges(candidates(messages)))
            .flatMapIterable(ranges -> ranges)
            .concatMap(range -> mailbox.getMessagesReactive(range, FetchGroup.HEADERS, user), 1)
            .collectList()
            .flatMap(read -> Mono.fromCallable(() -> wrapped(read)));
    }

    /** Those of some messages whose headers have been read. */
    public static ImmutableSet<MessageUid> wrapped(List<MessageResult> messages) throws MailboxException, IOException {
        ImmutableSet.Builder<MessageUid> wrapped = ImmutableSet.builder();
        for (MessageResult message : messages) {
            if (DimeWrapper.isOn(message.getHeaders())) {
                wrapped.add(message.getUid());
            }
        }
        return wrapped.build();
    }

    /** The octets of the DIME message in a message of James. */
    public static long size(MessageResult message) throws MailboxException {
        return message.getSize() - message.getHeaders().size();
    }

    private static List<MessageUid> candidates(List<MessageResult> messages) throws MailboxException {
        ImmutableList.Builder<MessageUid> candidates = ImmutableList.builder();
        for (MessageResult message : messages) {
            if (message.getHeaders().size() <= DimeWrapper.MAX_HEADER_BYTES) {
                candidates.add(message.getUid());
            }
        }
        return candidates.build();
    }
}
