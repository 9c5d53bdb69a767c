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

package io.jamesext.lemonade.smtp.burl;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;

import io.jamesext.lemonade.smtp.data.MessageAcceptance;
import io.jamesext.lemonade.smtp.wire.SmtpConnection;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.ImapUrl;
import reactor.core.publisher.Mono;

/**
 * Takes a piece of a message, or the whole, out of a mailbox: {@code "BURL" SP absolute-URI [SP "LAST"]}. RFC 4468.
 *
 * <p>It is in a {@code handlerchain} where {@code smtpserver.xml} names it, which is for submission only: RFC 4468 section 7.
 */
public final class BurlCommand implements CommandHandler<SMTPSession>, EhloExtension, ExtensibleHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(BurlCommand.class);
    private static final Pattern ARGUMENTS = Pattern.compile("(\\S+)(?: +(?i:(LAST)))?");

    private final UrlSources sources;
    private List<MessageAcceptance> acceptance = List.of();

    @Inject
    public BurlCommand(UrlSources sources) {
        this.sources = sources;
    }

    @Override
    public void init(Configuration configuration) throws ConfigurationException {
        sources.configure((HierarchicalConfiguration<?>) configuration);
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("BURL");
    }

    /** RFC 4468 section 3.3: without arguments before the log-in. */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        if (session.getUsername() == null) {
            return session.isAuthAnnounced() ? List.of("BURL") : List.of();
        }
        return List.of(String.join(" ", Stream.concat(Stream.of("BURL", "imap"), sources.ownServers()).toList()));
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(MessageAcceptance.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void wireExtensions(Class<?> type, List<?> handlers) {
        acceptance = (List<MessageAcceptance>) handlers;
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        if (session.getUsername() == null) {
            return acceptance.get(0).fail(session, "530", "5.7.0 Authentication required");
        }
        Matcher arguments = ARGUMENTS.matcher(Optional.ofNullable(request.getArgument()).orElse("").trim());
        if (!arguments.matches()) {
            return acceptance.get(0).fail(session, "501", "5.5.4 Usage: BURL url [LAST]");
        }
        // RFC 4468 section 3.2: without a recipient nothing is fetched.
        Optional<Response> refusal = acceptance.get(0).refusal(session);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<ImapUrl> url = absoluteUrl(arguments.group(1));
        if (url.isEmpty()) {
            return acceptance.get(0).fail(session, "501", "5.5.4 Not an absolute IMAP URL");
        }
        boolean last = arguments.group(2) != null;
        SmtpConnection.of(session).answer(acceptance.get(0).timed("burl",
            sources.append(url.get(), session.getUsername(), acceptance.get(0).assembly(session))
                .then(Mono.defer(() -> last ? acceptance.get(0).accept(session) : Mono.just(waiting())))
                .onErrorResume(e -> Mono.just(failed(session, e)))));
        return SmtpConnection.ANSWERED;
    }

    private static Optional<ImapUrl> absoluteUrl(String text) {
        try {
            return Optional.of(ImapUrl.parse(text)).filter(url -> !url.isServerRelative());
        } catch (BadUrlException e) {
            return Optional.empty();
        }
    }

    private static Response waiting() {
        return new SMTPResponse("250", "2.5.0 Waiting for additional BURL or BDAT commands");
    }

    private Response failed(SMTPSession session, Throwable e) {
        if (e instanceof BurlException refusal) {
            return acceptance.get(0).fail(session, refusal.code(), refusal.text());
        }
        LOGGER.error("a URL could not be resolved", e);
        return acceptance.get(0).fail(session, "451", "4.4.1 IMAP server unavailable");
    }
}
