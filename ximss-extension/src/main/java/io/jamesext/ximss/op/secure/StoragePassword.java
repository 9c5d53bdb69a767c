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
package io.jamesext.ximss.op.secure;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/** The "unlocking string" that protects a private key in the store: XIMSS, "Secure Messaging", SMIMEUnlock. */
record StoragePassword(String text) {
    /** As of the passwords of log-ins: longer ones cost hashing. */
    private static final int MAX_LENGTH = 1024;

    StoragePassword {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new ProtocolException(Failure.SYNTAX, "a password has from 1 to " + MAX_LENGTH + " characters");
        }
    }

    static StoragePassword of(Element element, String attribute) {
        return new StoragePassword(element.required(attribute));
    }

    /** Says nothing, so that no log can hold it. */
    @Override
    public String toString() {
        return "storage password";
    }
}
