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

import java.util.HashMap;
import java.util.Map;

import org.apache.james.mailbox.MessageManager;

import com.google.common.io.ByteSource;

import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.mail.CopySource;
import io.jamesext.ximss.op.file.FileName;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.upload.UploadedFile;
import io.jamesext.ximss.xml.Element;

/**
 * The messages of a session's open folders, for the copyMIME elements of one message: each is loaded once, and not too much of them. And
 * the user's files, which are only read while the message is written.
 */
final class FolderCopies implements CopySource {
    /** Octets of all that is copied from: James gives them in memory. */
    private static final long MAX_OCTETS = 50L << 20;

    private final StoredMessages messages;
    private final PersonalFiles files;
    private final XimssSession session;
    private final Map<Place, ByteSource> loaded = new HashMap<>();
    private long left = MAX_OCTETS;

    private record Place(String folder, long uid) {
    }

    FolderCopies(StoredMessages messages, PersonalFiles files, XimssSession session) {
        this.messages = messages;
        this.files = files;
        this.session = session;
    }

    @Override
    public ByteSource message(Element copyMime) {
        if (copyMime.attribute("calendar").isPresent()) {
            // TODO beyond the text: calendarOpen opens a calendar.
            throw new ProtocolException(Failure.NOT_SUPPORTED, "there are no calendars here");
        }
        return loaded.computeIfAbsent(new Place(copyMime.required("folder"), Element.number("UID", copyMime.required("UID"))), this::load);
    }

    @Override
    public UploadedFile upload(String uploadId) {
        return session.uploads().find(uploadId);
    }

    @Override
    public ByteSource file(String fileName) {
        return files.file(session.mailboxSession().getUser(), FileName.of(fileName)).map(files::octets).blockOptional().orElseThrow();
    }

    private ByteSource load(Place place) {
        MessageManager mailbox = session.folder(place.folder).mailbox();
        left -= messages.size(mailbox, place.uid, session.mailboxSession()).blockOptional().orElseThrow();
        if (left < 0) {
            throw new ProtocolException(Failure.TOO_BIG, "the copied messages are too big");
        }
        return messages.find(mailbox, place.uid, session.mailboxSession()).map(StoredMessages::octets).blockOptional().orElseThrow();
    }
}
