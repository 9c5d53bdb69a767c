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
package io.jamesext.kernel.auth;

import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.james.core.Username;
import org.apache.james.jwt.JwtTokenVerifier;
import org.apache.james.jwt.OidcJwtTokenVerifier;
import org.apache.james.jwt.introspection.IntrospectionEndpoint;
import org.apache.james.jwt.userinfo.UserInfoCheckException;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;

import reactor.core.publisher.Mono;

/**
 * Whose an access token is, by James's verification: its signature, its times, and where the listener is configured for it the server
 * that has issued it.
 */
final class TokenChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final UsersRepository users;
    private final SigningKeys keys = new SigningKeys();

    TokenChecks(UsersRepository users) {
        this.users = users;
    }

    /**
     * The user of a token. Blocks.
     *
     * @throws io.jamesext.kernel.failure.ProtocolException as for a wrong password, when it is not good or nobody's here
     */
    Username owner(OidcSASLConfiguration settings, String token) throws ExecutionException, UsersRepositoryException {
        String name = claim(settings, token).filter(claimed -> isActive(settings, token, claimed)).orElseThrow(LogIn::failed);
        Username user = username(name);
        // A token outlives its user.
        if (!users.contains(user)) {
            throw LogIn.failed();
        }
        return user;
    }

    private Optional<String> claim(OidcSASLConfiguration settings, String token) throws ExecutionException {
        Optional<String> keyId = OidcJwtTokenVerifier.getClaimWithoutSignatureVerification(token, "kid");
        List<PublicKey> signers = keys.of(settings.getJwksURL(), keyId);
        try {
            return new JwtTokenVerifier(() -> signers).verifyAndExtractClaim(token, settings.getClaim(), String.class);
        } catch (IllegalArgumentException e) {
            // Of a signature that is not made with that kind of key.
            return Optional.empty();
        }
    }

    private static boolean isActive(OidcSASLConfiguration settings, String token, String claimed) {
        if (settings.isCheckTokenByIntrospectionEndpoint()) {
            IntrospectionEndpoint endpoint = new IntrospectionEndpoint(settings.getIntrospectionEndpoint().orElseThrow(),
                settings.getIntrospectionEndpointAuthorization());
            return Mono.from(OidcJwtTokenVerifier.CHECK_TOKEN_CLIENT.introspect(endpoint, token)).blockOptional(PATIENCE)
                .filter(answer -> answer.active() && answer.claimByPropertyName(settings.getClaim()).equals(Optional.of(claimed)))
                .isPresent();
        }
        if (settings.isCheckTokenByUserinfoEndpoint()) {
            return Mono.from(OidcJwtTokenVerifier.CHECK_TOKEN_CLIENT.userInfo(settings.getUserInfoEndpoint().orElseThrow(), token))
                .filter(answer -> answer.claimByPropertyName(settings.getClaim()).equals(Optional.of(claimed)))
                // Also how the server says that it has taken the token back.
                .onErrorResume(UserInfoCheckException.class, refused -> Mono.empty())
                .blockOptional(PATIENCE).isPresent();
        }
        return true;
    }

    private static Username username(String name) {
        try {
            return Username.of(name);
        } catch (IllegalArgumentException e) {
            throw LogIn.failed();
        }
    }
}
