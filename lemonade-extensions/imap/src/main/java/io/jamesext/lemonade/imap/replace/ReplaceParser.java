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

package io.jamesext.lemonade.imap.replace;

import java.time.Clock;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.ReplaceCommandParser;

import io.jamesext.lemonade.imap.append.AppendMessageReader;
import io.jamesext.lemonade.imap.append.NewMessage;

/**
 * Parses REPLACE and UID REPLACE. RFC 8508 section 5: {@code replace = "REPLACE" SP seq-number SP mailbox append-message}.
 *
 * <p>James's parser of UID takes subclasses of a class of its own package only: that is all that is wanted of the parent.
 */
public final class ReplaceParser extends ReplaceCommandParser {
    public ReplaceParser(StatusResponseFactory responses) {
        super(responses, Clock.systemUTC());
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean useUids, ImapSession session) throws DecodingException {
        ReplaceRequest.Replaced replaced = new ReplaceRequest.Replaced(useUids, request.nzNumber());
        String mailbox = request.mailbox();
        NewMessage message = new AppendMessageReader(request).read();
        // RFC 8508 section 4.7: one message.
        request.eol();
        return new ReplaceRequest(tag, replaced, mailbox, message);
    }
}
