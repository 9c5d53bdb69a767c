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

import java.util.List;
import java.util.Optional;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.lemonade.imap.select.Unsolicited;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Mono;

/** Runs a {@link FolderCommand}, tells of what has happened in the selected mailbox, and gives the tagged answer. */
public final class FolderProcessor<R extends ImapRequest> extends AbstractMailboxProcessor<R> implements CapabilityImplementingProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(FolderProcessor.class);

    private final FolderCommand<R> command;

    public FolderProcessor(FolderCommand<R> command, MailboxManager mailboxManager, StatusResponseFactory responses,
        MetricFactory metrics) {
        super(command.request(), mailboxManager, responses, metrics);
        this.command = command;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return command.capabilities();
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        command.configure(configuration);
    }

    @Override
    protected Mono<Void> processRequestReactive(R request, ImapSession session, Responder responder) {
        return Mono.defer(() -> command.run(request, FolderSession.of(session, responder), responder::respond))
            .map(Optional::of)
            .defaultIfEmpty(Optional.empty())
            .flatMap(code -> Unsolicited.tell(session, responder, Unsolicited.During.OTHER)
                .then(Mono.<Void>fromRunnable(() -> ok(request, code, responder))))
            .onErrorResume(failure -> Mono.fromRunnable(() -> refuse(request, failure, responder)));
    }

    private void ok(R request, Optional<String> code, Responder responder) {
        code.ifPresentOrElse(
            text -> responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.OK, text, request.getCommand(), "completed.")),
            () -> okComplete(request, responder));
    }

    private void refuse(R request, Throwable failure, Responder responder) {
        FolderFailure answer = FolderFailure.of(failure);
        if (answer.unforeseen()) {
            LOGGER.error("{} failed", request.getCommand().getName(), failure);
        } else {
            LOGGER.debug("{} refused with {}", request.getCommand().getName(), answer.code());
        }
        responder.respond(new StatusLine(request.getTag(), answer.type(), answer.code(), request.getCommand(), answer.text()));
    }

    @Override
    protected MDCBuilder mdc(R request) {
        return MDCBuilder.ofValue(MDCBuilder.ACTION, request.getCommand().getName());
    }
}
