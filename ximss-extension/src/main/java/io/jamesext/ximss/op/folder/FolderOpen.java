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

import io.jamesext.ximss.account.Preferences;
import io.jamesext.ximss.folder.Folder;
import io.jamesext.ximss.folder.FolderQuery;
import io.jamesext.ximss.folder.Mailboxes;
import io.jamesext.ximss.folder.Opener;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Opens a mailbox as a folder: sorted, perhaps filtered, frozen until folderSync. XIMSS, "Mailbox Operations", folderOpen.
 *
 * <pre>{@code
 * <folderOpen id="" folder="" mailbox=""? mailboxClass=""? sortField="" sortOrder="asc|desc"?
 *     filter=""? filterField="header|FLAGS|body"? UIDValidity=""? UIDMin=""?> <field>name</field>+ </folderOpen>
 * }</pre>
 */
public final class FolderOpen implements XimssOperation<FolderOpen.Request> {
    /**
     * The attributes.
     *
     * @param mailbox the folder's name when the client gives none
     */
    public record Request(String folder, String mailbox, Optional<String> mailboxClass, FolderQuery query) {
        static Request parse(Element element) {
            String folder = element.required("folder");
            return new Request(folder, element.attribute("mailbox").orElse(folder), element.attribute("mailboxClass"),
                FolderQuery.parse(element));
        }
    }

    private final Mailboxes mailboxes;
    private final Opener opener;
    private final Preferences preferences;

    /** On James's mailboxes. */
    public FolderOpen(Mailboxes mailboxes, Opener opener, Preferences preferences) {
        this.mailboxes = mailboxes;
        this.opener = opener;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "folderOpen";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        session.checkMayOpen(request.folder);
        return mailboxes.find(request.mailbox, request.mailboxClass, session.mailboxSession())
            .flatMap(mailbox -> preferences.zone(session.mailboxSession().getUser())
                .map(zone -> new Folder.Opening(request.folder, mailbox, request.query, zone)))
            .flatMapMany(opening -> opener.open(opening, Optional.empty(), session));
    }
}
