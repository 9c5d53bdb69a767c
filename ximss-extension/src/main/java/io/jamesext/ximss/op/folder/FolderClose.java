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
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Closes a folder. XIMSS, "Mailbox Operations", folderClose; an example calls it closeMailbox, which is taken too.
 *
 * <pre>{@code <folderClose id="" folder="" />}</pre>
 */
public final class FolderClose implements XimssOperation<FolderClose.Request> {
    /** The attributes. */
    public record Request(String folder) {
    }

    @Override
    public String name() {
        return "folderClose";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("folder"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Folder folder = session.folder(request.folder);
        session.closed(folder);
        return folder.close().thenMany(Flux.empty());
    }
}
