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

import io.jamesext.groupware.vcard.Card;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.ximss.mail.CardElements;
import io.jamesext.ximss.mail.ComposedMessage;
import io.jamesext.ximss.op.message.Appending;
import io.jamesext.ximss.reply.MessageAdded;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.submit.Submission;
import reactor.core.publisher.Flux;

/**
 * Makes items of cards and stores them, for contactAppend and contactsImport.
 *
 * @param appending where they go
 * @param submission what knows the user's address
 */
public record ContactItems(Appending appending, Submission submission) {
    /** Stores a card; gives its UID, when that is wanted. */
    Flux<MessageAdded> append(Card card, Appending.Target target, XimssSession session) {
        return appending.append(Blocking.call(() -> composed(card, session)), target, session);
    }

    private ComposedMessage composed(Card card, XimssSession session) throws Exception {
        String from = submission.address(session.mailboxSession().getUser()).asString();
        return ComposedMessage.of(CardElements.item(card, from).octets(appending.composition().clock().instant()));
    }
}
