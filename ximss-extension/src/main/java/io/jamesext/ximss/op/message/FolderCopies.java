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
package io.jamesext.ximss.op.message;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.CopySource;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;

/** The messages of a session's open folders, for copyMIME. */
record FolderCopies(StoredMessages messages, XimssSession session) implements CopySource {
    @Override
    public ByteSource message(Element copyMime) {
        if (copyMime.attribute("calendar").isPresent()) {
            // TODO beyond the text: calendarOpen opens a calendar.
            throw new ProtocolException(Failure.NOT_SUPPORTED, "there are no calendars here");
        }
        long uid = Element.number("UID", copyMime.required("UID"));
        return messages.find(session.folder(copyMime.required("folder")).mailbox(), uid, session.mailboxSession())
            .map(StoredMessages::octets)
            .blockOptional()
            .orElseThrow();
    }
}
