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

import io.jamesext.ximss.folder.Removal;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Deletes all messages of the trash, which the user's preference TrashBox names. XIMSS, "Mailbox Operations", emptyTrash.
 *
 * <pre>{@code <emptyTrash id="" />}</pre>
 */
public final class EmptyTrash implements XimssOperation<EmptyTrash.Request> {
    /** It has no attributes. */
    public record Request() {
    }

    private final Removal removal;

    /** With what the preference says. */
    public EmptyTrash(Removal removal) {
        this.removal = removal;
    }

    @Override
    public String name() {
        return "emptyTrash";
    }

    @Override
    public Request read(Element element) {
        return new Request();
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return removal.emptyTrash(session.mailboxSession()).thenMany(Flux.empty());
    }
}
