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
package io.jamesext.dmap.auth;

import java.util.Map;
import java.util.Optional;

import org.apache.james.user.api.UsersRepository;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.CredentialCipher;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.ServerSettings;

/** The authentication of DMAP servers. */
public final class DmapAuthentication {
    /** The keys of the configuration, beside the kernel's {@code credentialKey}, without which there is no STACIE. */
    public static final Map<String, ConfigurationCheck.Kind> KEYS = ImmutableMap.<String, ConfigurationCheck.Kind>builder()
        .put("stacieBonusRounds", ConfigurationCheck.Kind.of("a whole number from 0 to 999999", "\\d{1,6}"))
        .put("channelBinding", ConfigurationCheck.Kind.BOOLEAN)
        .putAll(ClientCertificates.KEYS)
        .build();

    /** What a long password costs at least. */
    private static final int DEFAULT_BONUS = 1 << 16;

    private final Authentication authentication;
    private final UsersRepository users;
    private final StacieVerifiers verifiers;

    /** On that of all our servers; {@code verifiers} is where STACIE's are kept. */
    @Inject
    public DmapAuthentication(Authentication authentication, UsersRepository users, StacieVerifiers verifiers) {
        this.authentication = authentication;
        this.users = users;
        this.verifiers = verifiers;
    }

    /**
     * The mechanisms of one configured server. From now on every password that one of our servers sees gets its STACIE verifier, if there
     * is a key to encrypt it.
     *
     * @throws IllegalArgumentException when a key's value cannot be used; does not show a secret one
     */
    public Mechanisms mechanisms(ServerSettings settings) {
        // No CRAM-MD5 and DIGEST-MD5 here: the draft wants better ones, and so no passwords are kept.
        LogIn logIn = authentication.logInWithoutSharedSecrets(settings);
        Optional<StacieCredentials> stacie = CredentialCipher.of(settings.configuration()).map(cipher -> new StacieCredentials(users,
            verifiers, cipher, settings.configuration().getInt("stacieBonusRounds", DEFAULT_BONUS)));
        stacie.ifPresent(authentication::tell);
        return new Mechanisms(authentication.sasl(settings, logIn), settings.configuration().getBoolean("channelBinding", true),
            stacie.map(credentials -> new StacieExchange(logIn, credentials)),
            new ExternalExchange(logIn, users, ClientCertificates.of(settings.configuration())));
    }
}
