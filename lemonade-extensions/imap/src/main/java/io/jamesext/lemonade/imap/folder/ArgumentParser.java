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

package io.jamesext.lemonade.imap.folder;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

/** James's parser of a command whose grammar is a function of its {@link Arguments}. */
public final class ArgumentParser extends AbstractImapCommandParser {
    /** The grammar of a command, from behind its name to before the end of its line. */
    @FunctionalInterface
    public interface Grammar {
        ImapMessage parse(Arguments arguments, Tag tag) throws DecodingException;
    }

    private final Grammar grammar;

    public ArgumentParser(ImapCommand command, StatusResponseFactory responses, Grammar grammar) {
        super(command, responses);
        this.grammar = grammar;
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        Arguments arguments = new Arguments(request, session);
        ImapMessage parsed = grammar.parse(arguments, tag);
        arguments.end();
        return parsed;
    }
}
