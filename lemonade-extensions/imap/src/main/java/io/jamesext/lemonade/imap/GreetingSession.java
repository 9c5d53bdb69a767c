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

package io.jamesext.lemonade.imap;

import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.imapserver.netty.NettyImapSession;
import org.apache.james.protocols.netty.Encryption;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is when a connection has just been made, without the connection: James's processors are asked for their capabilities
 * with it.
 */
final class GreetingSession extends NettyImapSession {
    private final boolean tls;

    GreetingSession(@Nullable Encryption encryption, boolean compress, AuthenticationConfiguration authentication) {
        super(null, encryption, compress, authentication.isSSLRequired(), authentication.isPlainAuthEnabled(), SessionId.generate(),
            authentication.getOidcSASLConfiguration());
        this.tls = encryption != null && !encryption.isStartTLS();
    }

    @Override
    public boolean isTLSActive() {
        return tls;
    }

    @Override
    public boolean isCompressionActive() {
        return false;
    }
}
