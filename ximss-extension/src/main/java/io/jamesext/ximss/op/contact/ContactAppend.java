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

import java.util.List;

import io.jamesext.groupware.vcard.Card;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.mail.CardElements;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.message.Appending;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Makes an item of a contact or a group and appends it to a mailbox. The text names it under messageAdded and breaks off before it
 * describes it; its attributes are messageAppend's, as clients of CommuniGate send them.
 *
 * <pre>{@code
 * <contactAppend id="" (folder="" | targetMailbox="" mailboxClass=""?) flags=""? internalDate=""?
 *     replacesUID=""? checkOld="yes"? report="uid"?>
 *   (<vCard>...</vCard> | <vCardGroup>...</vCardGroup>) </contactAppend>
 * }</pre>
 */
public final class ContactAppend implements XimssOperation<ContactAppend.Request> {
    /** Where it goes, and the card. */
    public record Request(Appending.Target target, Card card) {
        static Request parse(Element element) {
            List<Element> cards = element.elements().filter(CardElements::isCard).toList();
            if (cards.size() != 1) {
                throw new ProtocolException(Failure.SYNTAX, "one vCard or vCardGroup element is needed");
            }
            return new Request(Appending.Target.parse(element), CardElements.card(cards.get(0)));
        }
    }

    private final ContactItems items;

    /** On James's mailboxes. */
    public ContactAppend(ContactItems items) {
        this.items = items;
    }

    @Override
    public String name() {
        return "contactAppend";
    }

    @Override
    public Request read(Element element) {
        return Request.parse(element);
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        return items.append(request.card, request.target, session);
    }
}
