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

package io.jamesext.lemonade.imap.append;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.james.mailbox.model.Content;

/** The octets of a message before its first empty line. RFC 5322 section 2.1. */
final class HeaderOctets {
    private HeaderOctets() {
    }

    /** The message, whose header fields must be ASCII. RFC 6855 section 4; those of its parts are its body. */
    static Content ascii(Content message) throws IOException {
        try (InputStream octets = new BufferedInputStream(message.getInputStream())) {
            boolean lineStart = true;
            for (int octet = octets.read(); octet >= 0 && !(lineStart && octet == '\n'); octet = octets.read()) {
                if (octet > 0x7f) {
                    throw AppendException.eightBits();
                }
                lineStart = octet == '\n' || lineStart && octet == '\r';
            }
            return message;
        }
    }
}
