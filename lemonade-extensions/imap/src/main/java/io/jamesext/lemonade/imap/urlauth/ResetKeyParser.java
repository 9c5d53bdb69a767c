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

package io.jamesext.lemonade.imap.urlauth;

import java.util.Optional;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

/** Parses RESETKEY. RFC 4467 section 9: {@code resetkey = "RESETKEY" [SP mailbox *(SP mechanism)]}. */
public final class ResetKeyParser extends AbstractImapCommandParser {
    public ResetKeyParser(StatusResponseFactory responses) {
        super(UrlCommands.RESETKEY, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        Optional<String> mailbox = Optional.empty();
        if (request.nextChar() == ' ') {
            mailbox = Optional.of(request.mailbox());
            while (request.nextChar() == ' ') {
                if (!request.atom().equalsIgnoreCase("INTERNAL")) {
                    throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "No such mechanism");
                }
            }
        }
        request.eol();
        return new ResetKeyRequest(tag, mailbox);
    }
}
