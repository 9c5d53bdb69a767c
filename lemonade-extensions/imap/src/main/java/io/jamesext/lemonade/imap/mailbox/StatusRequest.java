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

package io.jamesext.lemonade.imap.mailbox;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.folder.Arguments;

/** A STATUS. RFC 3501 section 6.3.10: {@code status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"}. */
public final class StatusRequest extends AbstractImapRequest {
    private final String name;
    private final Set<StatusItem> items;

    StatusRequest(Tag tag, String name, Set<StatusItem> items) {
        super(tag, ImapConstants.STATUS_COMMAND);
        this.name = name;
        this.items = Collections.unmodifiableSet(EnumSet.copyOf(items));
    }

    /** Reads the arguments. */
    public static StatusRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String name = arguments.mailbox();
        arguments.space();
        return new StatusRequest(tag, name, StatusItem.parse(arguments));
    }

    String name() {
        return name;
    }

    Set<StatusItem> items() {
        return items;
    }
}
