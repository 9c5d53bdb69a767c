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
package io.jamesext.lemonade.imap.select;

import java.util.List;
import java.util.Optional;

import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MessageUid;

import reactor.core.publisher.Mono;

/**
 * What a client wants to be told of the messages of its selected mailbox. RFC 5465 sections 3.1 and 6.1. What it does not want to be told
 * of does not happen to its view: the folder stays as the client knows it, but for what the client does itself.
 *
 * @param notified whether the client has said so by NOTIFY
 * @param messages new and expunged ones
 * @param flags changes of flags
 * @param delayed whether expunges wait for a command
 * @param arrivals what is told of a new message beside EXISTS
 */
public record Interest(boolean notified, boolean messages, boolean flags, boolean delayed, Optional<Arrivals> arrivals) {
    /** As long as NOTIFY was not used. */
    public static final Interest BEFORE_NOTIFY = new Interest(false, true, true, true, Optional.empty());
    /** After NOTIFY NONE. */
    public static final Interest NOTHING = new Interest(true, false, false, true, Optional.empty());

    private static final String KEY = "lemonade.interest";

    /** Tells of new messages. */
    @FunctionalInterface
    public interface Arrivals {
        /** Tells of messages that the client has just been told to exist. */
        Mono<Void> tell(List<MessageUid> uids, ImapSession session, Responder responder);
    }

    /** Of the client of this session. */
    static Interest of(ImapSession session) {
        return session.getAttribute(KEY) instanceof Interest interest ? interest : BEFORE_NOTIFY;
    }

    /** To be said when the client has. */
    public static void set(ImapSession session, Interest interest) {
        session.setAttribute(KEY, interest);
    }

    /** The same for all that has happened up to now: NOTIFY SET tells it, whatever it asks for. RFC 5465 section 3.1. */
    public Interest inAll() {
        return new Interest(true, true, true, delayed, arrivals);
    }

    /** Whether the client may be told now that messages of others are gone. */
    boolean mayShrink(Unsolicited.During during) {
        return messages && during != Unsolicited.During.BY_SEQUENCE_NUMBER && (!delayed || during != Unsolicited.During.BETWEEN);
    }
}
