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


package io.jamesext.lemonade.imap.id;

import java.util.Map;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** What a client says of itself. RFC 2971 section 3.1. */
final class IdRequest extends AbstractImapRequest {
    private final Map<String, String> fields;

    /** The fields by their names in lower case; those whose value is NIL are not among them. */
    IdRequest(Tag tag, Map<String, String> fields) {
        super(tag, ImapConstants.ID_COMMAND);
        this.fields = Map.copyOf(fields);
    }

    Map<String, String> fields() {
        return fields;
    }
}
