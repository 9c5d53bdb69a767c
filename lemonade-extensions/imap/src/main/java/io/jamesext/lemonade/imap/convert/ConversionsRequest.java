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

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** A CONVERSIONS as the client wrote it: two patterns of types. RFC 5259 section 5.1. */
public final class ConversionsRequest extends AbstractImapRequest {
    static final ImapCommand COMMAND = ImapCommand.authenticatedStateCommand("CONVERSIONS");

    private final String from;
    private final String to;

    ConversionsRequest(Tag tag, String from, String to) {
        super(tag, COMMAND);
        this.from = from;
        this.to = to;
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }
}
