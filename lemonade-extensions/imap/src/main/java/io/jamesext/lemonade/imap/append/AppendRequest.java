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

package io.jamesext.lemonade.imap.append;

import java.util.List;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** An APPEND of one or more messages. RFC 3502. */
public final class AppendRequest extends AbstractImapRequest {
    private final String mailboxName;
    private final List<NewMessage> messages;

    AppendRequest(Tag tag, String mailboxName, List<NewMessage> messages) {
        super(tag, ImapConstants.APPEND_COMMAND);
        this.mailboxName = mailboxName;
        this.messages = List.copyOf(messages);
    }

    String mailboxName() {
        return mailboxName;
    }

    List<NewMessage> messages() {
        return messages;
    }
}
