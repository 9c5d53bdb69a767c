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

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;

import io.jamesext.kernel.mailbox.Mailboxes;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.smtp.data.Assembly;
import io.jamesext.urlauth.Authority;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.ImapUrl;
import io.jamesext.urlauth.MailboxKeys;
import io.jamesext.urlauth.UnauthorizedUrlException;
import io.jamesext.urlauth.UrlContent;
import io.jamesext.urlauth.UrlContents;
import io.jamesext.urlauth.UrlServer;
import io.jamesext.urlauth.UrlServers;
import reactor.core.publisher.Mono;

/** Where the content of URLs comes from: the mailboxes of this James, or IMAP servers that the operator trusts. RFC 4468 section 3.3. */
final class UrlSources {
    private final MailboxManager mailboxManager;
    private final UrlContents contents;
    private final AuthorizedUrls authorized;
    private final UrlServers listeners;
    private final TrustedServers trusted = new TrustedServers();
    /** Names of this James that no IMAP listener of this node has. */
    private UrlServer others = new UrlServer(Set.of(), Set.of(), Set.of());

    @Inject
    UrlSources(Mailboxes mailboxes, UrlContents contents, MailboxKeys keys, UrlServers listeners, Clock clock) {
        this.mailboxManager = mailboxes.manager();
        this.contents = contents;
        this.authorized = new AuthorizedUrls(mailboxManager, contents, keys, clock);
        this.listeners = listeners;
    }

    /** Takes {@code hosts} and {@code trusted} of the handler's element. */
    void configure(HierarchicalConfiguration<?> handler) throws ConfigurationException {
        others = new UrlServer(ImmutableSet.copyOf(Splitter.on(',').trimResults().omitEmptyStrings().split(handler.getString("hosts", ""))),
            Set.of(), Set.of());
        trusted.configure(handler);
    }

    /** RFC 4468 section 3.3: the servers whose messages a user may name without an authorisation, as they stand behind EHLO's BURL. */
    Stream<String> ownServers() {
        return Stream.concat(others.hosts().stream(), listeners.hosts().stream()).distinct().sorted().map(host -> "imap://" + host);
    }

    /** Appends what a URL names, as far as the one who submits it may have it; or fails with a {@link BurlException}. */
    Mono<Void> append(ImapUrl url, Username submitter, Assembly assembly) {
        Authority authority = url.authority().orElseThrow(BurlException::notResolved);
        Optional<UrlServer> own = others.is(authority) ? Optional.of(others) : listeners.of(authority);
        if (own.isPresent()) {
            return content(url, own.get(), submitter)
                .onErrorMap(UnauthorizedUrlException.class, e -> BurlException.notAuthorized())
                .onErrorMap(BadUrlException.class, e -> BurlException.notResolved())
                .flatMap(content -> Blocking.run(() -> copy(content, assembly)));
        }
        return trusted.append(url, submitter, assembly);
    }

    private Mono<UrlContent> content(ImapUrl url, UrlServer server, Username submitter) {
        if (url.authorization().isPresent()) {
            return authorized.openForSubmission(url, server, submitter);
        }
        return url.authority().flatMap(Authority::user).map(user -> user.equalsIgnoreCase(submitter.asString())).orElse(true)
            ? contents.open(url, mailboxManager.createSystemSession(submitter))
            : Mono.error(new UnauthorizedUrlException());
    }

    private static void copy(UrlContent content, Assembly assembly) throws IOException {
        // RFC 1870 section 6.1, and the profile's section 4.4: what counts is the size behind the URL.
        if (!assembly.admit(content.sizeBytes())) {
            throw BurlException.tooBig();
        }
        try (InputStream octets = content.open()) {
            octets.transferTo(assembly.out());
        }
    }
}
