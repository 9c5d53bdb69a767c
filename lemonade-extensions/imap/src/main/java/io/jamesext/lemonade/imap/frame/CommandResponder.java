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

package io.jamesext.lemonade.imap.frame;

import java.util.function.UnaryOperator;

import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;

import io.jamesext.lemonade.imap.pace.Pace;

/**
 * Lets the threads of one command write one response at a time: during IDLE the events, the heartbeat and the answer to DONE come from
 * three threads,
 * and James's composer has one buffer.
 */
final class CommandResponder implements ImapProcessor.Responder {
    private final ImapProcessor.Responder responder;
    private final UnaryOperator<ImapResponseMessage> rewrite;
    private final Pace pace;

    CommandResponder(ImapProcessor.Responder responder, UnaryOperator<ImapResponseMessage> rewrite, Pace pace) {
        this.responder = responder;
        this.rewrite = rewrite;
        this.pace = pace;
    }

    @Override
    public synchronized void respond(ImapResponseMessage message) {
        try {
            responder.respond(rewrite.apply(message));
        } catch (Error e) {
            // Reactor takes no such error to the end of a command, least of all an OutOfMemoryError: nobody would answer.
            pace.abandon();
            throw e;
        }
    }

    @Override
    public synchronized void flush() {
        responder.flush();
    }
}
