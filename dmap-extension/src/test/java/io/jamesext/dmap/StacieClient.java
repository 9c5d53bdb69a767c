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
package io.jamesext.dmap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.google.common.primitives.Bytes;

/** The client's side of STACIE, written from PROTOCOL.md section 2.3 alone. */
final class StacieClient {
    private static final Pattern CHALLENGE = Pattern.compile("v=1,b=(?<bonus>\\d+),s=(?<salt>[^,]+),n=(?<nonce>[^,]+),u=(?<user>.+)");

    private final String password;
    private final Matcher challenge;

    /** For the answer to a challenge, both in base64. */
    StacieClient(String password, String challengeInBase64) {
        this.password = password;
        this.challenge = CHALLENGE.matcher(new String(Base64.getDecoder().decode(challengeInBase64), StandardCharsets.UTF_8));
        if (!challenge.matches()) {
            throw new IllegalStateException("not a challenge");
        }
    }

    /** What the client sends first. */
    static String first(String actAs, String user) {
        return Base64.getEncoder().encodeToString((actAs + "\0" + user).getBytes(StandardCharsets.UTF_8));
    }

    byte[] salt() {
        return Base64.getDecoder().decode(challenge.group("salt"));
    }

    byte[] nonce() {
        return Base64.getDecoder().decode(challenge.group("nonce"));
    }

    String user() {
        return challenge.group("user");
    }

    int bonus() {
        return Integer.parseInt(challenge.group("bonus"));
    }

    /** The log-in token. */
    String response() throws GeneralSecurityException {
        int rounds = Math.max(8, Math.min(1 << 24, (1 << Math.max(1, 24 - password.length())) + bonus()));
        byte[] user = user().getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(salt(), "HmacSHA512"));
        byte[] seed = mac.doFinal(password.repeat(rounds).getBytes(StandardCharsets.UTF_8));
        byte[] masterKey = hashed(rounds, Bytes.concat(seed, user, salt(), secret));
        byte[] passwordKey = hashed(rounds, Bytes.concat(masterKey, user, salt(), secret));
        byte[] verification = hashed(8, Bytes.concat(passwordKey, user, salt()));
        return Base64.getEncoder().encodeToString(hashed(8, Bytes.concat(verification, user, salt(), nonce())));
    }

    private static byte[] hashed(int rounds, byte[] input) throws GeneralSecurityException {
        byte[] hash = {};
        for (int round = 0; round < rounds; round++) {
            byte[] number = {(byte) (round >> 16), (byte) (round >> 8), (byte) round};
            hash = MessageDigest.getInstance("SHA-512").digest(Bytes.concat(hash, input, number));
        }
        return hash;
    }
}
