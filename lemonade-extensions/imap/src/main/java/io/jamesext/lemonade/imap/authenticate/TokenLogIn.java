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

import java.util.Base64;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.jwt.OidcJwtTokenVerifier;
import org.apache.james.jwt.introspection.IntrospectionEndpoint;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.protocols.api.OIDCSASLParser;
import org.apache.james.protocols.api.OIDCSASLParser.OIDCInitialResponse;
import org.apache.james.protocols.api.OidcSASLConfiguration;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/** OAUTHBEARER (RFC 7628) and XOAUTH2 with James's verification of tokens, where the listener is configured for them. */
final class TokenLogIn {
    private final MailboxManager mailboxes;

    TokenLogIn(MailboxManager mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** The session of the user whose token it is, or of the one for whom James lets that user act. */
    Mono<MailboxSession> withToken(OidcSASLConfiguration settings, byte[] response) {
        return Blocking.call(() -> {
            OIDCInitialResponse read = OIDCSASLParser.parse(Base64.getEncoder().encodeToString(response)).orElseThrow(TokenLogIn::failed);
            Username user = verify(settings, read.getToken()).map(Username::of).orElseThrow(TokenLogIn::failed);
            Username wanted = Username.of(read.getAssociatedUser());
            return wanted.equals(user)
                ? mailboxes.authenticate(user).withoutDelegation()
                : mailboxes.authenticate(user).as(wanted);
        });
    }

    private static Optional<String> verify(OidcSASLConfiguration settings, String token) {
        if (settings.isCheckTokenByIntrospectionEndpoint()) {
            IntrospectionEndpoint endpoint = new IntrospectionEndpoint(settings.getIntrospectionEndpoint().orElseThrow(),
                settings.getIntrospectionEndpointAuthorization());
            return Mono.from(OidcJwtTokenVerifier.verifyWithIntrospection(token, settings.getJwksURL(), settings.getClaim(), endpoint))
                .blockOptional();
        }
        if (settings.isCheckTokenByUserinfoEndpoint()) {
            return Mono.from(OidcJwtTokenVerifier.verifyWithUserinfo(token, settings.getJwksURL(), settings.getClaim(),
                settings.getUserInfoEndpoint().orElseThrow())).blockOptional();
        }
        return OidcJwtTokenVerifier.verifySignatureAndExtractClaim(token, settings.getJwksURL(), settings.getClaim());
    }

    private static ProtocolException failed() {
        return new ProtocolException(Failure.AUTHENTICATION_FAILED, "authentication failed");
    }
}
