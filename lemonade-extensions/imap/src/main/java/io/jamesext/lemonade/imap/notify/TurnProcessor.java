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
package io.jamesext.lemonade.imap.notify;

import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.frame.Turn;
import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Mono;

/** Tells a client that has used NOTIFY what is new between two of its commands. RFC 5465 section 3.1. */
public final class TurnProcessor extends AbstractProcessor<Turn> {
    private final Announcer announcer;

    /** With what tells. */
    public TurnProcessor(Announcer announcer) {
        super(Turn.class);
        this.announcer = announcer;
    }

    @Override
    protected Mono<Void> doProcess(Turn turn, Responder responder, ImapSession session) {
        // A turn may come just when the client has used NOTIFY NONE, or has left.
        boolean over = Watch.of(session).isEmpty() || session.getState() == ImapSessionState.LOGOUT;
        return over ? Mono.empty() : announcer.tell(session, responder, Unsolicited.During.BETWEEN);
    }

    @Override
    protected MDCBuilder mdc(Turn turn) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, "NOTIFY");
    }
}
