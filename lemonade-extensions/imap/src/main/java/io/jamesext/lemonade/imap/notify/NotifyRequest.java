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
package io.jamesext.lemonade.imap.notify;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** A NOTIFY. RFC 5465 section 3.1. */
public final class NotifyRequest extends AbstractImapRequest {
    static final ImapCommand NOTIFY = ImapCommand.authenticatedStateCommand("NOTIFY");

    private final EventGroups groups;
    private final Form form;

    /** What it asks for. */
    enum Form {
        NONE, SET, SET_STATUS,
        /** With an event that no server knows. */
        UNKNOWN_EVENT
    }

    NotifyRequest(Tag tag, Form form, EventGroups groups) {
        super(tag, NOTIFY);
        this.form = form;
        this.groups = groups;
    }

    Form form() {
        return form;
    }

    EventGroups groups() {
        return groups;
    }
}
