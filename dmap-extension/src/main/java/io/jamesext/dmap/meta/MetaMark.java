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
package io.jamesext.dmap.meta;

import java.util.Map;

import javax.mail.Flags;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.dmap.mail.DmapFlags;
import reactor.core.publisher.Mono;

/**
 * Makes a change of blocks a change of their messages, so that MODSEQ rises and other sessions hear of it: PROTOCOL.md section 4.7. A
 * keyword of our own comes and goes, only after the blocks are there. Whoever else does the same meanwhile, behind each block there is a
 * change of the message's mod-sequence, which a keyword turned on or off once would not promise.
 */
public final class MetaMark {
    private MetaMark() {
    }

    /** The messages that are there, with their flags. */
    public static Mono<Map<MessageUid, Flags>> set(MessageManager mailbox, MessageRange range, MailboxSession session) {
        return update(FlagsUpdateMode.ADD, mailbox, range, session).then(update(FlagsUpdateMode.REMOVE, mailbox, range, session));
    }

    private static Mono<Map<MessageUid, Flags>> update(FlagsUpdateMode mode, MessageManager mailbox, MessageRange range,
                                                       MailboxSession session) {
        // James may begin when it is called, and not when it is subscribed to.
        return Mono.defer(() -> Mono.from(mailbox.setFlagsReactive(new Flags(DmapFlags.META_MARK), mode, range, session)));
    }
}
