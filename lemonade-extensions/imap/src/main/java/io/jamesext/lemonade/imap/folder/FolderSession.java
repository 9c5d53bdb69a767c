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

package io.jamesext.lemonade.imap.folder;

import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.select.Condstore;
import reactor.core.publisher.Mono;

/** Who asks, and what they call mailboxes. */
public record FolderSession(ImapSession imap, Responder responder, MailboxSession mailbox, MailboxNames names) {
    /** Of a session now: a client may enable other names. */
    public static FolderSession of(ImapSession session, Responder responder) {
        return new FolderSession(session, responder, session.getMailboxSession(), MailboxNames.of(session));
    }

    /** Says that the command is a CONDSTORE enabling one. RFC 7162 section 3.1. */
    public Mono<Void> enableCondstore() {
        return Condstore.enable(imap, responder);
    }

    /** Begins a response. */
    public UntaggedLine line(String response) {
        return UntaggedLine.of(names, response);
    }
}
