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
package io.jamesext.ximss.op.contact;

import io.jamesext.groupware.vcard.CardFile;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.message.Appending;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Appends all contacts of an uploaded file to the mailbox of an open folder, as contactAppend does. The text breaks off before it: this
 * is what a client of CommuniGate sends for an address book. The file stays in the uploaded file set.
 *
 * <pre>{@code <contactsImport id="" folder="" uploadID="" />}</pre>
 */
public final class ContactsImport implements XimssOperation<ContactsImport.Request> {
    /** The attributes. */
    public record Request(String folder, String uploadId) {
        static Request parse(Element element) {
            return new Request(element.required("folder"), element.required("uploadID"));
        }
    }

    private final ContactItems items;

    /** On James's mailboxes. */
    public ContactsImport(ContactItems items) {
        this.items = items;
    }

    @Override
    public String name() {
        return "contactsImport";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        Appending.Target target = Appending.Target.into(request.folder);
        return items.appending().check(target, session)
            .then(Blocking.call(() -> CardFile.of(session.uploads().find(request.uploadId).octets())))
            .flatMapMany(file -> Flux.usingWhen(Blocking.call(file::open),
                reading -> Flux.range(0, file.pieces()).concatMap(i -> store(reading, target, session)),
                reading -> Blocking.run(reading::close)));
    }

    /** One piece of the file after the other, so that no more of it is in memory. */
    private Flux<DataMessage> store(CardFile.Reading reading, Appending.Target target, XimssSession session) {
        return Blocking.call(reading::next)
            .flatMapIterable(cards -> cards)
            .concatMap(card -> items.append(card, target, session));
    }
}
