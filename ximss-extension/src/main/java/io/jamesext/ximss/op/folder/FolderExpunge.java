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
package io.jamesext.ximss.op.folder;

import java.util.Set;

import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MessageRange;

import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Removes all messages of the mailbox that are marked Deleted, in the view or not. XIMSS, "Mailbox Operations", folderExpunge.
 *
 * <pre>{@code <folderExpunge id="" folder="" />}</pre>
 */
public final class FolderExpunge implements XimssOperation<FolderExpunge.Request> {
    /** The attributes. */
    public record Request(String folder) {
    }

    private final Mailboxes mailboxes;

    /** On James's mailboxes. */
    public FolderExpunge(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "folderExpunge";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("folder"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Folder folder = session.folder(request.folder);
        return mailboxes.require(Set.of(Right.PerformExpunge), folder.mailbox(), session.mailboxSession())
            .thenMany(Flux.defer(() -> folder.mailbox().expungeReactive(MessageRange.all(), session.mailboxSession())))
            .thenMany(Flux.empty());
    }
}
