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

package io.jamesext.urlauth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token of the mechanism INTERNAL: an octet that names the algorithm, then the HMAC of the rump, in hexadecimal digits. RFC 4467
 * section 2.4.1 wants the algorithm to be told, so that it can be changed one day.
 */
final class UrlToken {
    /** The one mechanism there is, in any case. RFC 4467 section 2.4.1. */
    static final String MECHANISM = "INTERNAL";
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte ALGORITHM_NAME = 1;

    private UrlToken() {
    }

    /** The token of a rump, which is signed octet by octet as it stands: RFC 4467 section 6. */
    static String of(String rump, MailboxKey key) {
        return HexFormat.of().toHexDigits(ALGORITHM_NAME) + HexFormat.of().formatHex(hmac(rump, key));
    }

    /** Whether it is the token of the rump; takes as long for a wrong one as for a right one. */
    static boolean isRight(String token, String rump, MailboxKey key) {
        byte[] expected = of(rump, key).getBytes(StandardCharsets.US_ASCII);
        // RFC 5092 section 11: HEXDIG is without case.
        return MessageDigest.isEqual(expected, token.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hmac(String rump, MailboxKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.octets(), ALGORITHM));
            // A URL that was read is ASCII.
            return mac.doFinal(rump.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
