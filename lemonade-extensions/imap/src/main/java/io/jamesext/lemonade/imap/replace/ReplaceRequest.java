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

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.append.NewMessage;

/** A REPLACE or UID REPLACE. RFC 8508 section 5. */
public final class ReplaceRequest extends AbstractImapRequest {
    /** Which message of the selected mailbox: by its UID or its sequence number. */
    record Replaced(boolean byUid, long number) {
    }

    private final Replaced replaced;
    private final String mailboxName;
    private final NewMessage message;

    ReplaceRequest(Tag tag, Replaced replaced, String mailboxName, NewMessage message) {
        super(tag, ImapConstants.REPLACE_COMMAND);
        this.replaced = replaced;
        this.mailboxName = mailboxName;
        this.message = message;
    }

    Replaced replaced() {
        return replaced;
    }

    String mailboxName() {
        return mailboxName;
    }

    NewMessage message() {
        return message;
    }
}
