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

import java.util.Map;
import java.util.Optional;

import com.google.common.collect.ImmutableMap;

import io.jamesext.ximss.xml.Element;

/**
 * What was found out about a signed or encrypted part. XIMSS, "Secure Messaging".
 *
 * @param attributes of the part's element, beside those of each part
 * @param content the entity that was in the part, when it was encrypted or has its signature around it
 * @param isDecrypted true when the content was encrypted
 * @param signature the SMIMESignature element
 */
public record Secured(Map<String, String> attributes, Optional<byte[]> content, boolean isDecrypted, Optional<Element> signature) {
    private static final String DECRYPTION_ERROR = "decryptionError";

    /** Copies the attributes. */
    public Secured {
        attributes = ImmutableMap.copyOf(attributes);
    }

    /** The part is shown as any other. */
    public static Secured nothing() {
        return new Secured(ImmutableMap.of(), Optional.empty(), false, Optional.empty());
    }

    /** The part is shown as any other, and the client's user is told why. */
    public static Secured failed(String why) {
        return new Secured(ImmutableMap.of(DECRYPTION_ERROR, why), Optional.empty(), false, Optional.empty());
    }

    static Secured signed(String digest, Optional<byte[]> content, Element signature) {
        return new Secured(ImmutableMap.of("digesterName", digest), content, false, Optional.of(signature));
    }

    static Secured decrypted(ContentCipher cipher, byte[] content) {
        return new Secured(ImmutableMap.of("cipherName", cipher.name(), "keyLength", Integer.toString(cipher.bits())),
            Optional.of(content), true, Optional.empty());
    }
}
