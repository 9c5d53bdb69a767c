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

import java.util.ArrayList;
import java.util.List;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

/** Parses APPEND. RFC 3502: {@code append = "APPEND" SP mailbox 1*append-message}. */
public final class AppendParser extends AbstractImapCommandParser {
    public AppendParser(StatusResponseFactory responses) {
        super(ImapConstants.APPEND_COMMAND, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        String mailbox = request.mailbox();
        AppendMessageReader reader = new AppendMessageReader(request);
        List<NewMessage> messages = new ArrayList<>();
        do {
            messages.add(reader.read());
        } while (request.nextChar() == ' ');
        request.eol();
        return new AppendRequest(tag, mailbox, messages);
    }
}
