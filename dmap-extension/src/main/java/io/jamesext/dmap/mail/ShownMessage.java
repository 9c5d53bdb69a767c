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
package io.jamesext.dmap.mail;

import java.io.IOException;
import java.util.Optional;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MessageResult;

/**
 * What DMAP shows of a message of James: of a DIME message what is behind the header, of any other one all. PROTOCOL.md section 8.1.
 *
 * @param whole what BODY[] is
 * @param chunks what it is made of
 */
public record ShownMessage(Content whole, ChunkedMail chunks) {
    /**
     * Of a message whose content was read.
     *
     * @param wrapped true when its header is that of a DIME message; if the content is none, it is shown as a plain message
     */
    public static ShownMessage of(MessageResult message, boolean wrapped) throws IOException, MailboxException {
        if (wrapped) {
            Content octets = message.getBody();
            Optional<DimeMail> dime = DimeMail.find(octets);
            if (dime.isPresent()) {
                return new ShownMessage(octets, dime.get());
            }
        }
        return plain(message.getFullContent());
    }

    /** Of a plain message whose header alone was read: only the chunks that are made of it are right. */
    public static ShownMessage ofHeader(MessageResult message) throws MailboxException {
        return plain(message.getHeaders());
    }

    private static ShownMessage plain(Content octets) {
        return new ShownMessage(octets, new PlainMail(octets::getInputStream));
    }
}
