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

package io.jamesext.lemonade.imap.catenate;

import java.util.Date;
import java.util.List;

import javax.mail.Flags;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** An APPEND in its extended form. RFC 4469 section 3. */
public final class CatenateRequest extends AbstractImapRequest {
    /** What the message gets when it is stored. */
    public record Target(String mailboxName, Flags flags, Date internalDate) {
    }

    private final Target target;
    private final List<CatenatePart> parts;

    public CatenateRequest(Tag tag, Target target, List<CatenatePart> parts) {
        super(tag, ImapConstants.APPEND_COMMAND);
        this.target = target;
        this.parts = List.copyOf(parts);
    }

    public Target target() {
        return target;
    }

    public List<CatenatePart> parts() {
        return parts;
    }
}
