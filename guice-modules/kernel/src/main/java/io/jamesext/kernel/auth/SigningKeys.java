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

import java.net.URL;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import com.auth0.jwk.InvalidPublicKeyException;
import com.auth0.jwk.Jwk;
import com.auth0.jwk.UrlJwkProvider;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

/**
 * The keys that authorization servers sign tokens with (RFC 7517). They are kept for a minute, so that strangers cannot have them asked for
 * as often as they like; a new key of a server is known as late.
 */
final class SigningKeys {
    private static final Duration MEMORY = Duration.ofMinutes(1);
    /** Of listeners, each with its own server. */
    private static final long MAX_SERVERS = 100;
    /** James's own way to ask for them waits for ever. */
    private static final int TIMEOUT_MILLIS = 5000;

    private final Cache<String, List<Jwk>> byAddress = CacheBuilder.newBuilder().expireAfterWrite(MEMORY).maximumSize(MAX_SERVERS).build();

    /**
     * The keys at an address. Blocks.
     *
     * @param id of the key, where a token names it: no other one is given then
     * @throws ExecutionException when the server does not answer
     */
    List<PublicKey> of(URL address, Optional<String> id) throws ExecutionException {
        List<PublicKey> keys = new ArrayList<>();
        UrlJwkProvider server = new UrlJwkProvider(address, TIMEOUT_MILLIS, TIMEOUT_MILLIS);
        for (Jwk key : byAddress.get(address.toExternalForm(), server::getAll)) {
            if (id.isEmpty() || id.get().equals(key.getId())) {
                publicKey(key).ifPresent(keys::add);
            }
        }
        return keys;
    }

    /** Empty for a kind of key that James does not know. */
    private static Optional<PublicKey> publicKey(Jwk key) {
        try {
            return Optional.of(key.getPublicKey());
        } catch (InvalidPublicKeyException e) {
            return Optional.empty();
        }
    }
}
