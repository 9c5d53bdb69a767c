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

package io.jamesext.lemonade.imap.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.folder.Arguments;

/**
 * A SETMETADATA. RFC 5464 section 5:
 *
 * <pre>
 * setmetadata  = "SETMETADATA" SP mailbox SP entry-values
 * entry-values = "(" entry-value *(SP entry-value) ")"
 * entry-value  = entry SP (nstring / literal8)
 * </pre>
 */
public final class SetMetadataRequest extends AbstractImapRequest {
    private final String name;
    private final Map<EntryName, Optional<String>> values;

    SetMetadataRequest(Tag tag, String name, Map<EntryName, Optional<String>> values) {
        super(tag, ImapConstants.SETMETADATA_COMMAND);
        this.name = name;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Reads the arguments; of two values for one entry the last one counts. */
    public static SetMetadataRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        String name = arguments.mailbox();
        arguments.space();
        arguments.expect('(');
        Map<EntryName, Optional<String>> values = new LinkedHashMap<>();
        do {
            EntryName entry = EntryName.parse(arguments);
            arguments.space();
            values.put(entry, arguments.nstring());
        } while (arguments.skip(' '));
        arguments.expect(')');
        return new SetMetadataRequest(tag, name, values);
    }

    String name() {
        return name;
    }

    Map<EntryName, Optional<String>> values() {
        return values;
    }
}
