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
package io.jamesext.ximss.smime;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * A user's private key with its certificate. RSA only: the JDK decrypts for no other kind of key in S/MIME.
 *
 * @param key the private key
 * @param chain the certificate of the key, and those that lead from it to an authority
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 8192;
    private static final int MAX_CERTIFICATES = 8;

    /**
     * Checks that the two belong together.
     *
     * @throws ProtocolException when they do not, or are of another kind
     */
    public Identity {
        chain = ImmutableList.copyOf(chain);
        if (chain.isEmpty() || chain.size() > MAX_CERTIFICATES) {
            throw new ProtocolException(Failure.SYNTAX, "a key has from 1 to " + MAX_CERTIFICATES + " certificates");
        }
        if (!(key instanceof RSAPrivateKey rsa) || !(chain.get(0).getPublicKey() instanceof RSAPublicKey publicKey)
                || rsa.getModulus().bitLength() < MIN_BITS || rsa.getModulus().bitLength() > MAX_BITS) {
            throw new ProtocolException(Failure.NOT_SUPPORTED, "a key is RSA with " + MIN_BITS + " to " + MAX_BITS + " bits here");
        }
        if (!rsa.getModulus().equals(publicKey.getModulus())) {
            throw new ProtocolException(Failure.SYNTAX, "the certificate is not that of the key");
        }
    }

    /** From a key as PKCS #8 has it. */
    static Identity of(byte[] pkcs8, List<X509Certificate> chain) throws GeneralSecurityException {
        return new Identity(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)), chain);
    }

    /** The certificate of the key. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "identity of " + certificate().getSubjectX500Principal();
    }
}
