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

import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.MessageSet;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Shows the messages at some indexes of a folder. XIMSS, "Mailbox Operations", folderBrowse. Indexes beyond the view's end are
 * passed over; a message that was deleted since is shown with what the view knows, the other fields empty.
 *
 * <pre>{@code <folderBrowse id="" folder=""> (<index>n</index> | <index from="" till=""/>)+ </folderBrowse>}</pre>
 */
public final class FolderBrowse implements XimssOperation<FolderBrowse.Request> {
    /** The attributes and the indexes. */
    public record Request(String folder, MessageSet messages) {
    }

    @Override
    public String name() {
        return "folderBrowse";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("folder"), MessageSet.parseIndexes(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Folder folder = session.folder(request.folder);
        return folder.browse(request.messages.indexes(folder.view()));
    }
}
