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
import io.jamesext.ximss.folder.Removal;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Removes messages as the user's preference DeleteMode says. XIMSS, "Mailbox Operations", messageRemove.
 *
 * <pre>{@code <messageRemove id="" folder=""> (UID | index)+ </messageRemove>}</pre>
 */
public final class MessageRemove implements XimssOperation<MessageRemove.Request> {
    /** The folder and the messages. */
    public record Request(String folder, MessageSet messages) {
    }

    private final Removal removal;

    /** With what the preference says. */
    public MessageRemove(Removal removal) {
        this.removal = removal;
    }

    @Override
    public String name() {
        return "messageRemove";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.required("folder"), MessageSet.parse(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Folder folder = session.folder(request.folder);
        return removal.remove(request.messages.messages(folder.view()), folder.mailbox(), session.mailboxSession()).thenMany(Flux.empty());
    }
}
