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


package io.jamesext.lemonade.imap.authenticate;

import java.time.Duration;
import java.util.Optional;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.server.ServerSettings;
import reactor.core.publisher.Mono;

/** When a connection may bring a clear password: James's keys {@code auth.requireSSL} and {@code auth.plainAuthEnabled}. */
public final class Passwords {
    private static final Duration FAILED_LOG_IN_DELAY = Duration.ofSeconds(1);

    private Passwords() {
    }

    /** For the kernel: who may bring a password at all is asked here. */
    public static ServerSettings settings() {
        return new ServerSettings("", false, FAILED_LOG_IN_DELAY, new BaseHierarchicalConfiguration());
    }

    /** Why this connection may not, if so. */
    static Optional<Mono<MailboxSession>> refusal(ImapSession session) {
        if (session.isAuthenticatingNonEncryptedWhenRequiredSSL()) {
            return Optional.of(Mono.error(new ProtocolException(Failure.ENCRYPTION_REQUIRED, "no TLS")));
        }
        return session.isPlainAuthEnabled()
            ? Optional.empty()
            : Optional.of(Mono.error(new ProtocolException(Failure.NOT_SUPPORTED, "no clear passwords")));
    }
}
