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

import java.util.EnumSet;
import java.util.Optional;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.ModSeq;

import io.jamesext.lemonade.imap.status.UntaggedStatus;
import reactor.core.publisher.Mono;

/** What a client has said that it understands. RFC 7162 sections 3.1 and 3.2.3. */
public final class Condstore {
    private Condstore() {
    }

    /** True after the first CONDSTORE enabling command: each untagged FETCH has UID and MODSEQ. RFC 7162 section 3.2.4. */
    public static boolean aware(ImapSession session) {
        return EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_CONDSTORE) || qresync(session);
    }

    /**
     * What a CONDSTORE enabling command does besides its own work. RFC 7162 section 3.1: the first one tells the mod-sequence of the
     * selected mailbox, if there is one.
     */
    public static Mono<Void> enable(ImapSession session, Responder responder) {
        return Mono.defer(() -> {
            SelectedFolder folder = SelectedFolder.of(session);
            Mono<Void> told = folder == null || aware(session)
                ? Mono.empty()
                : highestModSeq(session, folder.getMessageManager()).doOnNext(highest -> responder.respond(highestModSeq(highest))).then();
            return told.then(Mono.fromRunnable(() -> enable(session)));
        });
    }

    /** Enables it for a client that is told the mod-sequence in any case. */
    static void enable(ImapSession session) {
        EnableProcessor.getEnabledCapabilities(session).add(ImapConstants.SUPPORTS_CONDSTORE);
    }

    /** RFC 7162 section 3.1.2.1. */
    static UntaggedStatus highestModSeq(ModSeq highest) {
        return UntaggedStatus.ok("HIGHESTMODSEQ " + highest.asLong(), "Highest mod-sequence.");
    }

    /**
     * The response code of a command that has expunged messages, where its client understands it. RFC 7162 section 3.2.7, RFC 6851
     * section 4.4. To be read before the client is told what has happened: it says that nothing below it is still to come.
     */
    public static Mono<Optional<String>> expungedCode(ImapSession session, MessageManager manager) {
        return qresync(session)
            ? highestModSeq(session, manager).map(highest -> Optional.of("HIGHESTMODSEQ " + highest.asLong()))
            : Mono.just(Optional.empty());
    }

    private static Mono<ModSeq> highestModSeq(ImapSession session, MessageManager manager) {
        return Opening.metaData(manager, session, RecentMode.IGNORE, EnumSet.of(Item.HighestModSeq)).map(MailboxMetaData::getHighestModSeq);
    }

    /** True after ENABLE QRESYNC: VANISHED in the place of EXPUNGE. RFC 7162 section 3.2.3. */
    public static boolean qresync(ImapSession session) {
        return EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_QRESYNC);
    }
}
