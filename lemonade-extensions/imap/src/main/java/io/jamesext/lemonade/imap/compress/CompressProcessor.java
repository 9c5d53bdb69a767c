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


package io.jamesext.lemonade.imap.compress;

import java.util.List;

import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CompressRequest;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;

import io.jamesext.lemonade.imap.status.StatusLine;
import reactor.core.publisher.Mono;

/** COMPRESS, RFC 4978 section 5: {@code command-auth =/ "COMPRESS" SP "DEFLATE"}. */
public final class CompressProcessor extends AbstractProcessor<CompressRequest> implements CapabilityImplementingProcessor {
    private static final String DEFLATE = "DEFLATE";
    private static final List<Capability> CAPABILITY = List.of(Capability.of("COMPRESS=" + DEFLATE));

    private final StatusResponseFactory responses;

    /** With James's texts. */
    public CompressProcessor(StatusResponseFactory responses) {
        super(CompressRequest.class);
        this.responses = responses;
    }

    @Override
    protected Mono<Void> doProcess(CompressRequest request, Responder responder, ImapSession session) {
        return Mono.fromRunnable(() -> {
            if (!session.isCompressionSupported() || session.getState() == ImapSessionState.NON_AUTHENTICATED) {
                bad(request, responder, HumanReadableText.UNKNOWN_COMMAND);
            } else if (!request.getAlgorithm().equalsIgnoreCase(DEFLATE)) {
                bad(request, responder, HumanReadableText.ILLEGAL_ARGUMENTS);
            } else if (session.isCompressionActive()) {
                // Section 3: BAD when this command did it; a NO is for another layer. The code is the same.
                responder.respond(new StatusLine(request.getTag(), StatusResponse.Type.BAD, "COMPRESSIONACTIVE", request.getCommand(),
                    "DEFLATE is active already."));
            } else {
                session.startCompression(() -> {
                    responder.respond(responses.taggedOk(request.getTag(), request.getCommand(), HumanReadableText.DEFLATE_ACTIVE));
                    responder.flush();
                });
            }
        });
    }

    private void bad(CompressRequest request, Responder responder, HumanReadableText text) {
        responder.respond(responses.taggedBad(request.getTag(), request.getCommand(), text));
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return session.isCompressionSupported() && !session.isCompressionActive() ? CAPABILITY : List.of();
    }

    @Override
    protected MDCBuilder mdc(CompressRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "COMPRESS");
    }
}
