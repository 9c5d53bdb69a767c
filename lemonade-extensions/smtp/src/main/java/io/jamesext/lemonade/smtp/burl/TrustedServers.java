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
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLContext;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.core.Username;

import com.google.common.io.CountingOutputStream;

import io.jamesext.lemonade.smtp.burl.remote.RemoteServer;
import io.jamesext.lemonade.smtp.burl.remote.Timeouts;
import io.jamesext.lemonade.smtp.burl.remote.UrlFetchClient;
import io.jamesext.lemonade.smtp.burl.remote.UrlFetchException;
import io.jamesext.lemonade.smtp.data.Assembly;
import io.jamesext.urlauth.Authority;
import io.jamesext.urlauth.AuthorizedUrls;
import io.jamesext.urlauth.ImapUrl;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The other IMAP servers that let this submission server in, and no others: RFC 4468 sections 3.3 and 8. */
final class TrustedServers {
    private static final String IMPLICIT_TLS = "implicitTls";
    private static final int DEFAULT_TLS_PORT = 993;
    private static final int MAX_FETCHES = 8;
    /** For each fetch that is under way. */
    private static final int MAX_WAITING = 16;
    private static final int IDLE_SECONDS = 60;

    /** Of its own: a server that answers late, or not at all, keeps nobody from what else James's threads do. RFC 4468 section 8. */
    private final Scheduler fetching = Schedulers.newBoundedElastic(MAX_FETCHES, MAX_WAITING, "burl", IDLE_SECONDS, true);
    private List<RemoteServer> servers = List.of();

    /** Takes the {@code trusted} elements of the handler's element. */
    void configure(HierarchicalConfiguration<?> handler) throws ConfigurationException {
        List<RemoteServer> configured = new ArrayList<>();
        for (HierarchicalConfiguration<?> server : handler.configurationsAt("trusted")) {
            boolean implicitTls = server.getBoolean(IMPLICIT_TLS, false);
            try {
                configured.add(new RemoteServer(server.getString("host", ""),
                    server.getInt("port", implicitTls ? DEFAULT_TLS_PORT : RemoteServer.DEFAULT_PORT), implicitTls,
                    server.getString("user", RemoteServer.DEFAULT_USER), server.getString("password", "")));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("smtpserver.xml: BurlCommand's <trusted>: " + e.getMessage(), e);
            }
        }
        servers = configured;
    }

    /** Appends what an authorised URL names, asked of its server as the submission entity. */
    Mono<Void> append(ImapUrl url, Username submitter, Assembly assembly) {
        Optional<RemoteServer> server = url.authority().flatMap(this::of);
        if (server.isEmpty() || url.authorization().isEmpty()) {
            return Mono.error(BurlException.notTrusted());
        }
        // RFC 4468 section 3.3: before the server is asked.
        if (!AuthorizedUrls.admitsSubmission(url, submitter)) {
            return Mono.error(BurlException.notAuthorized());
        }
        return Mono.<Void>fromCallable(() -> {
            fetch(url, server.get(), assembly);
            return null;
        }).subscribeOn(fetching).onErrorMap(RejectedExecutionException.class, e -> BurlException.unavailable());
    }

    private Optional<RemoteServer> of(Authority authority) {
        return servers.stream()
            .filter(server -> server.host().equalsIgnoreCase(authority.host())
                && server.port() == authority.port().orElse(server.implicitTls() ? server.port() : RemoteServer.DEFAULT_PORT))
            .findFirst();
    }

    private static void fetch(ImapUrl url, RemoteServer server, Assembly assembly) throws IOException, NoSuchAlgorithmException {
        CountingOutputStream counted = new CountingOutputStream(assembly.out());
        try {
            new UrlFetchClient(server, SSLContext.getDefault(), Timeouts.STANDARD).fetch(url.original(), assembly.room(), counted);
        } catch (UrlFetchException e) {
            throw switch (e.kind()) {
                case UNAVAILABLE -> BurlException.unavailable();
                case UNRESOLVED -> BurlException.notResolved();
                case TOO_BIG -> BurlException.tooBig();
            };
        }
        assembly.admit(counted.getCount());
    }
}
