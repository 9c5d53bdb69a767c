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
package io.jamesext.testing.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;

/** The client's side of one SCRAM-SHA-256, written from RFC 5802 section 3 alone. */
public final class ScramClient {
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";

    private final String gs2Header;
    private final byte[] channelBinding;
    private final String user;
    private final String password;
    private String expectedServerFinal = "";

    /** Without channel binding, as the user. */
    public ScramClient(String user, String password) {
        this("n,,", user, password);
    }

    /** With a header of RFC 5802 section 7, {@code n,a=other,} to act as another user. */
    public ScramClient(String gs2Header, String user, String password) {
        this(gs2Header, new byte[0], user, password);
    }

    /** The same, bound to the channel of which this is the data: with a header {@code p=type,,}. */
    public ScramClient(String gs2Header, byte[] channelBinding, String user, String password) {
        this.gs2Header = gs2Header;
        this.channelBinding = channelBinding;
        this.user = user;
        this.password = password;
    }

    /** The response to a challenge in the base64 that protocols wrap both in. */
    public String respondInBase64(String challenge) throws GeneralSecurityException {
        String decoded = new String(BaseEncoding.base64().decode(challenge), StandardCharsets.UTF_8);
        return BaseEncoding.base64().encode(respond(decoded).getBytes(StandardCharsets.UTF_8));
    }

    /** The response to a challenge: the first one to an empty one, the last one, of nothing, to the server's proof. */
    public String respond(String challenge) throws GeneralSecurityException {
        if (challenge.isEmpty()) {
            return gs2Header + bareFirst();
        }
        if (challenge.startsWith("v=")) {
            if (!challenge.equals(expectedServerFinal)) {
                throw new IllegalStateException("the server does not know the password");
            }
            return "";
        }
        Map<String, String> fields = Stream.of(challenge.split(","))
            .collect(Collectors.toMap(field -> field.substring(0, 1), field -> field.substring(2)));
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(new PBEKeySpec(password.toCharArray(),
            BaseEncoding.base64().decode(fields.get("s")), Integer.parseInt(fields.get("i")), 256)).getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String withoutProof = "c=" + BaseEncoding.base64()
            .encode(Bytes.concat(gs2Header.getBytes(StandardCharsets.UTF_8), channelBinding)) + ",r=" + fields.get("r");
        String authMessage = bareFirst() + "," + challenge + "," + withoutProof;
        byte[] signature = hmac(Hashing.sha256().hashBytes(clientKey).asBytes(), authMessage);
        byte[] proof = new byte[clientKey.length];
        for (int i = 0; i < proof.length; i++) {
            proof[i] = (byte) (clientKey[i] ^ signature[i]);
        }
        expectedServerFinal = "v=" + BaseEncoding.base64().encode(hmac(hmac(salted, "Server Key"), authMessage));
        return withoutProof + ",p=" + BaseEncoding.base64().encode(proof);
    }

    private String bareFirst() {
        return "n=" + user + ",r=" + NONCE;
    }

    private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    }
}
