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

package io.jamesext.lemonade.imap.urlauth;

import java.util.Set;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;

import io.jamesext.lemonade.imap.status.StatusLine;
import io.jamesext.urlauth.UrlServer;
import reactor.core.publisher.Mono;

/**
 * Keeps an application that logs in to use URLs from all that a person may do. RFC 4467 section 3 gives the submission entity the URLs of
 * every user; its password must not open more than these.
 */
public final class EntityGate implements ImapProcessor {
    /** RFC 3501 section 6.1 has CAPABILITY, NOOP and LOGOUT in every state. */
    private static final Set<String> OPEN = Set.of("URLFETCH", "CAPABILITY", "ID", "NOOP", "LOGOUT");

    private final ImapProcessor commands;
    private final UrlServer server;

    public EntityGate(ImapProcessor commands, UrlServer server) {
        this.commands = commands;
        this.server = server;
    }

    @Override
    public void configure(ImapConfiguration imapConfiguration) {
        commands.configure(imapConfiguration);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (message instanceof ImapRequest request && isEntity(session) && !OPEN.contains(request.getCommand().getName())) {
            return Mono.fromRunnable(() -> responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.NO, "NOPERM",
                request.getCommand(), "is not for applications.")));
        }
        return commands.processReactive(message, responder, session);
    }

    private boolean isEntity(ImapSession session) {
        boolean loggedIn = session.getState() == ImapSessionState.AUTHENTICATED || session.getState() == ImapSessionState.SELECTED;
        return loggedIn && server.isEntity(session.getMailboxSession().getUser());
    }
}
