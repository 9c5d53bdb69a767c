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
package io.jamesext.lemonade.imap.context;

import java.util.ArrayList;
import java.util.List;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.folder.Arguments;

/** A CANCELUPDATE. RFC 5267 section 5: {@code "CANCELUPDATE" 1*(SP quoted)}. */
public final class CancelUpdateRequest extends AbstractImapRequest {
    /** Its name, and that a mailbox must be selected for it. */
    public static final ImapCommand COMMAND = ImapCommand.selectedStateCommand("CANCELUPDATE");

    private final List<Tag> cancelled;

    private CancelUpdateRequest(Tag tag, List<Tag> cancelled) {
        super(tag, COMMAND);
        this.cancelled = List.copyOf(cancelled);
    }

    /** Reads its arguments. */
    public static ImapMessage parse(Arguments arguments, Tag tag) throws DecodingException {
        List<Tag> cancelled = new ArrayList<>();
        do {
            arguments.space();
            if (!arguments.at('"')) {
                throw Arguments.syntax("Expected a tag in quotes");
            }
            cancelled.add(new Tag(arguments.string()));
        } while (!arguments.atEnd());
        return new CancelUpdateRequest(tag, cancelled);
    }

    /** The tags under which nothing is to be told any more. */
    List<Tag> cancelled() {
        return cancelled;
    }
}
