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
package io.jamesext.lemonade.imap.convert;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

import io.jamesext.lemonade.imap.folder.Arguments;

/**
 * Parses CONVERSIONS. RFC 5259 section 10: {@code conversions-cmd = "CONVERSIONS" SP astring SP astring}, each "*", "type/*" or
 * "type/subtype".
 */
public final class ConversionsParser extends AbstractImapCommandParser {
    public ConversionsParser(StatusResponseFactory responses) {
        super(ConversionsRequest.COMMAND, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        Arguments arguments = new Arguments(request, session);
        arguments.space();
        String from = pattern(arguments);
        arguments.space();
        String to = pattern(arguments);
        arguments.end();
        return new ConversionsRequest(tag, from, to);
    }

    private static String pattern(Arguments arguments) throws DecodingException {
        String pattern = arguments.astring();
        if (!Conversions.isPattern(pattern)) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "no media type");
        }
        return pattern;
    }
}
