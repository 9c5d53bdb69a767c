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

package io.jamesext.lemonade.imap.utf8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.EnableProcessor;

/** The extension that lets strings, mailbox names and header fields be UTF-8. RFC 6855 section 3. */
public final class Utf8Accept {
    public static final Capability CAPABILITY = Capability.of("UTF8=ACCEPT");

    private Utf8Accept() {
    }

    /** Whether the client has enabled it. */
    public static boolean isEnabled(ImapSession session) {
        return EnableProcessor.getEnabledCapabilities(session).contains(CAPABILITY);
    }

    /** The text that is written so in UTF-8, or empty where the octets are not what RFC 3629 allows. */
    public static Optional<String> decode(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
