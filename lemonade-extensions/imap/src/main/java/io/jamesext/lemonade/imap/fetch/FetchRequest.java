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

package io.jamesext.lemonade.imap.fetch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.frame.ReadingCommand;
import io.jamesext.lemonade.imap.search.Page;

/** A FETCH or UID FETCH as the client wrote it; an item that stands twice is answered once. */
public final class FetchRequest extends AbstractImapRequest implements ReadingCommand {
    /** The messages: by sequence number or by UID. */
    record Messages(List<IdRange> ranges, boolean uids) {
        Messages {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * RFC 7162 section 3.1.4.1 and 3.2.6, RFC 9394 section 3.3.
     *
     * @param page which of the messages are meant at all
     */
    record Modifiers(OptionalLong changedSince, boolean vanished, Optional<Page> page) {
        static final Modifiers NONE = new Modifiers(OptionalLong.empty(), false, Optional.empty());
    }

    private final Messages messages;
    private final List<FetchItem> items;
    private final Modifiers modifiers;

    FetchRequest(Tag tag, Messages messages, List<FetchItem> items, Modifiers modifiers) {
        super(tag, ImapConstants.FETCH_COMMAND);
        this.messages = messages;
        this.items = List.copyOf(new LinkedHashSet<>(items));
        this.modifiers = modifiers;
    }

    Messages messages() {
        return messages;
    }

    List<FetchItem> items() {
        return items;
    }

    Modifiers modifiers() {
        return modifiers;
    }
}
