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
package io.jamesext.ximss.mail;

import java.util.List;
import java.util.Optional;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/**
 * How an EMail element asks to be protected. XIMSS, "Secure Messaging": attributes sign, encrypt and addressBook.
 *
 * @param signs true when it is signed
 * @param addressBook where the certificates of recipients are, when it is encrypted
 */
public record Protection(boolean signs, Optional<String> addressBook) {
    private static final String SIGN = "sign";
    private static final String ENCRYPT = "encrypt";

    /**
     * That of the topmost element. "You cannot specify both the sign and encrypt attributes for the topmost EMail element."
     *
     * @throws ProtocolException when it asks for both, or in other words than yes and no: better no message than an open one
     */
    public static Protection ofTopmost(Element email) {
        boolean signs = isSet(email, SIGN);
        boolean encrypts = isSet(email, ENCRYPT);
        if (signs && encrypts) {
            throw new ProtocolException(Failure.SYNTAX, "the topmost EMail element cannot be both signed and encrypted");
        }
        return new Protection(signs, encrypts ? Optional.of(email.required("addressBook")) : Optional.empty());
    }

    /** That of the one element in an encrypted one: "add the sign attribute to the inner EMail element". */
    static Protection ofInner(Element email) {
        if (isSet(email, ENCRYPT)) {
            throw new ProtocolException(Failure.SYNTAX, "only the topmost EMail element can be encrypted");
        }
        return new Protection(isSet(email, SIGN), Optional.empty());
    }

    /** Checks an element that is a part of another. */
    static void requireNone(Element email) {
        if (isSet(email, SIGN) || isSet(email, ENCRYPT)) {
            throw new ProtocolException(Failure.SYNTAX, "only the topmost EMail element, or that in an encrypted one, can be signed");
        }
    }

    /** True when it is encrypted. */
    public boolean encrypts() {
        return addressBook.isPresent();
    }

    private static boolean isSet(Element email, String name) {
        String value = email.attribute(name).orElse("no");
        if (!List.of("yes", "no").contains(value)) {
            throw new ProtocolException(Failure.SYNTAX, "the attribute " + name + " can only be yes or no");
        }
        return value.equals("yes");
    }
}
