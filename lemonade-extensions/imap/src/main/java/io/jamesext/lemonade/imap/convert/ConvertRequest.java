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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.message.request.AbstractImapRequest;

import com.google.common.collect.ImmutableMap;

import io.jamesext.lemonade.imap.frame.ReadingCommand;

/** A CONVERT or UID CONVERT as the client wrote it; an item that stands twice is answered once. RFC 5259 section 6. */
public final class ConvertRequest extends AbstractImapRequest implements ReadingCommand {
    static final ImapCommand COMMAND = ImapCommand.selectedStateCommand("CONVERT");

    /**
     * The one conversion of a command.
     *
     * @param target the type that is wanted, in lower case; empty for the default conversion
     * @param parameters by names in lower case, in the order of the command
     */
    record Wanted(Optional<String> target, Map<String, String> parameters) {
        Wanted {
            parameters = ImmutableMap.copyOf(parameters);
        }
    }

    /** The messages: by sequence number or by UID. */
    record Messages(List<IdRange> ranges, boolean uids) {
        Messages {
            ranges = List.copyOf(ranges);
        }
    }

    private final Messages messages;
    private final Wanted wanted;
    private final List<ConvertItem> items;
    private final boolean uid;

    ConvertRequest(Tag tag, Messages messages, Wanted wanted, List<ConvertItem> items, boolean uid) {
        super(tag, COMMAND);
        this.messages = messages;
        this.wanted = wanted;
        this.items = List.copyOf(new LinkedHashSet<>(items));
        this.uid = uid;
    }

    Messages messages() {
        return messages;
    }

    Wanted wanted() {
        return wanted;
    }

    List<ConvertItem> items() {
        return items;
    }

    /** Whether UIDs are told. */
    boolean tellsUid() {
        return uid || messages.uids();
    }

    /** How many parts are to be converted of each message; what costs nothing is not counted. */
    long parts() {
        return items.stream().filter(item -> item.kind() != ConvertItem.Kind.AVAILABLE).map(ConvertItem::section).distinct().count();
    }
}
