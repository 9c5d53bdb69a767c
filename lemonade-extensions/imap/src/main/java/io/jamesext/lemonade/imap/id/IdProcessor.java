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


package io.jamesext.lemonade.imap.id;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;

import io.jamesext.lemonade.imap.select.Unsolicited;
import reactor.core.publisher.Mono;

/** ID, RFC 2971: notes who the client says it is, and says who we are. Nothing else depends on it, section 3. */
public final class IdProcessor extends AbstractMailboxProcessor<IdRequest> implements CapabilityImplementingProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(IdProcessor.class);
    private static final List<Capability> CAPABILITY = List.of(Capability.of("ID"));
    /** What is logged of the client: enough to find its bugs, and section 7 warns of more. */
    private static final List<String> LOGGED = List.of("name", "version", "vendor");
    private static final int LOGGED_CHARS = 100;
    /** Also before log-in, so no more than the greeting says but for the release of this package. */
    private static final Map<String, String> OURS = ours(Optional.ofNullable(IdProcessor.class.getPackage().getImplementationVersion()));

    /** With James's texts. */
    public IdProcessor(MailboxManager mailboxes, StatusResponseFactory responses, MetricFactory metrics) {
        super(IdRequest.class, mailboxes, responses, metrics);
    }

    private static Map<String, String> ours(Optional<String> version) {
        ImmutableMap.Builder<String, String> fields = ImmutableMap.<String, String>builder().put("name", "James Lemonade");
        version.ifPresent(known -> fields.put("version", known));
        return fields.build();
    }

    @Override
    protected Mono<Void> processRequestReactive(IdRequest request, ImapSession session, Responder responder) {
        if (!request.fields().isEmpty()) {
            LOGGER.info("The client calls itself {}", LOGGED.stream()
                .map(name -> logged(request.fields().getOrDefault(name, "-")))
                .toList());
        }
        responder.respond(new IdResponse(OURS));
        return Unsolicited.tell(session, responder, Unsolicited.During.OTHER)
            .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    private static String logged(String value) {
        String cut = value.length() > LOGGED_CHARS ? value.substring(0, LOGGED_CHARS) : value;
        return CharMatcher.inRange(' ', '~').negate().replaceFrom(cut, '?');
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITY;
    }

    @Override
    protected MDCBuilder mdc(IdRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "ID");
    }
}
