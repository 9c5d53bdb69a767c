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

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import com.ongres.saslprep.SASLprep;

/** The server's side of one SCRAM-SHA-256 exchange (RFC 5802, RFC 7677), with channel binding or without. */
final class ScramSha256 {
    static final String NAME = "SCRAM-SHA-256";
    /** RFC 5802 section 4: with channel binding. */
    static final String PLUS_NAME = NAME + "-PLUS";
    private static final int KEY_BITS = 256;
    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BaseEncoding BASE64 = BaseEncoding.base64();
    /** RFC 5802 section 7, client-final-message: channel binding, nonce, extensions (ignored), proof. */
    private static final Pattern CLIENT_FINAL = Pattern.compile(
        "(?<bare>c=(?<binding>[A-Za-z0-9+/=]+),r=(?<nonce>[!-+\\--~]+)(?:,(?!p=)[^,]*+)*+),p=(?<proof>[A-Za-z0-9+/=]+)");

    /**
     * RFC 5802 section 7, client-first-message.
     *
     * @param header the GS2 header, as sent
     * @param flag {@code n}: the client knows no channel binding; {@code y}: it does, and thinks that the server does not; else the type
     *     of binding that it uses
     * @param actAs the authorization identity, if any
     * @param bare the message without the header, as sent
     * @param user the user's name
     * @param nonce the client's nonce
     */
    record ClientFirst(String header, String flag, Optional<String> actAs, String bare, String user, String nonce) {
        static final String BINDING_NOT_SEEN = "y";
        // A mandatory extension (m=) is refused by not matching.
        private static final Pattern FORM = Pattern.compile("(?<header>(?<flag>[ny]|p=[A-Za-z0-9.-]+),(a=(?<actas>[^,]+))?,)"
            + "(?<bare>n=(?<user>[^,]+),r=(?<nonce>[!-+\\--~]+)(,.*)?)", Pattern.DOTALL);

        static ClientFirst parse(String message) {
            Matcher matcher = FORM.matcher(message);
            if (!matcher.matches()) {
                throw Sasl.malformed();
            }
            return new ClientFirst(matcher.group("header"), matcher.group("flag"),
                Optional.ofNullable(matcher.group("actas")).map(ClientFirst::unescape),
                matcher.group("bare"), unescape(matcher.group("user")), matcher.group("nonce"));
        }

        /** RFC 5802 section 5.1: "," and "=" in names are sent as =2C and =3D, and no other "=" may stand there. */
        private static String unescape(String name) {
            if (name.replace("=2C", "").replace("=3D", "").contains("=")) {
                throw Sasl.malformed();
            }
            return name.replace("=2C", ",").replace("=3D", "=");
        }
    }

    private final ClientFirst first;
    private final byte[] channelBinding;
    private final ScramVerifier verifier;
    private final String nonce;
    private String authMessage = "";

    /** With what the client's log-in is to be bound to, or with no octets. */
    ScramSha256(ClientFirst first, byte[] channelBinding, ScramVerifier verifier) {
        this(first, channelBinding, verifier, newNonce());
    }

    /** With the server's own part of the nonce given, for known answers. */
    ScramSha256(ClientFirst first, byte[] channelBinding, ScramVerifier verifier, String serverNonce) {
        this.first = first;
        this.channelBinding = channelBinding;
        this.verifier = verifier;
        this.nonce = first.nonce() + serverNonce;
    }

    private static String newNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return BASE64.encode(bytes);
    }

    String serverFirst() {
        return "r=" + nonce + ",s=" + verifier.salt() + ",i=" + verifier.iterations();
    }

    /** Fails as a wrong password does unless the client has proved that it knows the password. */
    void check(String clientFinal) {
        Matcher matcher = CLIENT_FINAL.matcher(clientFinal);
        if (!matcher.matches() || !BASE64.canDecode(matcher.group("proof"))) {
            throw Sasl.malformed();
        }
        authMessage = first.bare() + "," + serverFirst() + "," + matcher.group("bare");
        byte[] signature = hmac(verifier.storedKeyBytes(), authMessage);
        byte[] proof = BASE64.decode(matcher.group("proof"));
        String binding = BASE64.encode(Bytes.concat(first.header().getBytes(StandardCharsets.UTF_8), channelBinding));
        boolean proved = proof.length == signature.length
            && MessageDigest.isEqual(Hashing.sha256().hashBytes(xor(proof, signature)).asBytes(), verifier.storedKeyBytes());
        if (!proved || !matcher.group("nonce").equals(nonce) || !matcher.group("binding").equals(binding)) {
            throw LogIn.failed();
        }
    }

    /** The server's own proof, after {@link #check}. */
    String serverFinal() {
        return "v=" + BASE64.encode(hmac(verifier.serverKeyBytes(), authMessage));
    }

    static ScramVerifier verifier(String password, byte[] salt, int iterations, String stamp) {
        byte[] salted = pbkdf2(new SASLprep().prepareStored(password), salt, iterations);
        byte[] storedKey = Hashing.sha256().hashBytes(hmac(salted, "Client Key")).asBytes();
        byte[] serverKey = hmac(salted, "Server Key");
        return new ScramVerifier(BASE64.encode(salt), iterations, BASE64.encode(storedKey), BASE64.encode(serverKey), stamp);
    }

    private static byte[] pbkdf2(String password, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS))
                .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has PBKDF2WithHmacSHA256", e);
        }
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has HmacSHA256", e);
        }
    }

    private static byte[] xor(byte[] left, byte[] right) {
        byte[] result = new byte[left.length];
        for (int i = 0; i < left.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }
}
