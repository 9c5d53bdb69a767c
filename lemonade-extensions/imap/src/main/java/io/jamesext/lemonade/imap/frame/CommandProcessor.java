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

import java.nio.channels.ClosedChannelException;
import java.util.function.UnaryOperator;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.capability.CapabilityLine;
import io.jamesext.lemonade.imap.capability.CapabilityProcessor;
import io.jamesext.lemonade.imap.pace.Pace;
import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Mono;

/** Runs a framed command with James's processors, answers for it when it fails, and says when it has ended. */
public final class CommandProcessor implements ImapProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandProcessor.class);

    private final ImapProcessor processors;
    private final CapabilityProcessor capabilities;
    private @Nullable ImapConfiguration configuration;

    public CommandProcessor(ImapProcessor processors, CapabilityProcessor capabilities) {
        this.processors = processors;
        this.capabilities = capabilities;
    }

    @Override
    public void configure(ImapConfiguration imapConfiguration) {
        configuration = imapConfiguration;
        processors.configure(imapConfiguration);
    }

    /** The settings that James read for this listener. */
    public ImapConfiguration configuration() {
        ImapConfiguration read = configuration;
        if (read == null) {
            throw new IllegalStateException("not configured yet");
        }
        return read;
    }

    /** The response code that saves a client asking, RFC 3501 section 7.1: CAPABILITY and what this session may use. */
    public String capabilityCode(ImapSession session) {
        return CapabilityLine.of(capabilities.of(session));
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (!(message instanceof FramedCommand command)) {
            return processors.processReactive(message, responder, session);
        }
        Responder answers = new CommandResponder(responder, rewrite(command.message(), session), command.pace());
        Mono<Void> work = Mono.defer(() -> processors.processReactive(command.message(), answers, session))
            // Nobody is left to be answered.
            .onErrorResume(ClosedChannelException.class, e -> Mono.empty())
            .onErrorResume(e -> {
                LOGGER.error("{} failed", command, e);
                answers.respond(new ImmutableStatusResponse(StatusResponse.Type.NO, new Tag(command.tag()), null,
                    HumanReadableText.GENERIC_FAILURE_DURING_PROCESSING, null));
                return Mono.empty();
            })
            .contextWrite(context -> context.put(Pace.class, command.pace()));
        return (command.endsWithClient() ? work : Blocking.toItsEnd(work.then(FramedSession.of(session).endIfLeft())))
            // Behind the flush of the core handler, which is further down this chain.
            .doFinally(signal -> command.ended());
    }

    private UnaryOperator<ImapResponseMessage> rewrite(ImapMessage message, ImapSession session) {
        if (message instanceof LoginRequest || message instanceof AuthenticateRequest) {
            return response -> withCapabilities(response, session);
        }
        return UnaryOperator.identity();
    }

    /** RFC 3501 section 7.1: the capabilities may change with the log-in, so its OK says them. */
    private ImapResponseMessage withCapabilities(ImapResponseMessage response, ImapSession session) {
        return response instanceof ImmutableStatusResponse status && status.getServerResponseType() == StatusResponse.Type.OK
            && status.getTag() != null && status.getResponseCode() == null
            ? new StatusLine(status.getTag(), StatusResponse.Type.OK, capabilityCode(session), status.getCommand(), "completed.")
            : response;
    }
}
