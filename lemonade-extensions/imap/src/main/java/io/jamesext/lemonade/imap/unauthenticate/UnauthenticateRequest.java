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


package io.jamesext.lemonade.imap.unauthenticate;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** UNAUTHENTICATE, RFC 8437 section 3. */
final class UnauthenticateRequest extends AbstractImapRequest {
    /** Valid in the authenticated and the selected state; elsewhere it wants a BAD, and James would say NO. */
    static final ImapCommand COMMAND = ImapCommand.anyStateCommand("UNAUTHENTICATE");

    UnauthenticateRequest(Tag tag) {
        super(tag, COMMAND);
    }
}
