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

package io.jamesext.lemonade.imap.status;

import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;

import reactor.core.publisher.Mono;

/** Gives the client the {@link StatusLine} with which a parser has refused a command. */
public final class StatusLineProcessor extends AbstractProcessor<StatusLine> {
    public StatusLineProcessor() {
        super(StatusLine.class);
    }

    @Override
    protected Mono<Void> doProcess(StatusLine line, Responder responder, ImapSession session) {
        return Mono.fromRunnable(() -> responder.respond(line));
    }

    @Override
    protected MDCBuilder mdc(StatusLine line) {
        return MDCBuilder.create()
            .addToContext(MDCBuilder.ACTION, "REFUSE");
    }
}
