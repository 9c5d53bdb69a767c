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

import java.util.Optional;

import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.FolderQuery;
import io.jamesext.ximss.folder.Opener;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Opens an open folder's mailbox anew: sorted and filtered otherwise, perhaps with other fields. XIMSS, "Mailbox Operations",
 * folderReopen.
 *
 * <pre>{@code
 * <folderReopen id="" folder="" sortField="" sortOrder="asc|desc"? filter=""? filterField="header|FLAGS|body"? UIDValidity=""?
 *     UIDMin=""?> <field>name</field>* </folderReopen>
 * }</pre>
 */
public final class FolderReopen implements XimssOperation<FolderReopen.Request> {
    /** The attributes and the fields. */
    public record Request(String folder, FolderQuery query) {
    }

    private final Opener opener;

    /** With who opens folders. */
    public FolderReopen(Opener opener) {
        this.opener = opener;
    }

    @Override
    public String name() {
        return "folderReopen";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("folder"), FolderQuery.parseAgain(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Folder folder = session.folder(request.folder);
        return opener.open(folder.reopening(request.query), Optional.of(folder), session);
    }
}
