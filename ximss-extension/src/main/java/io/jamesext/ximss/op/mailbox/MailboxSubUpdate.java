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
package io.jamesext.ximss.op.mailbox;

import java.util.List;

import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.model.MailboxPath;
import org.reactivestreams.Publisher;

import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Subscribes to names of mailboxes and takes subscriptions back. XIMSS, "Mailbox Management", mailboxSubUpdate.
 *
 * <pre>{@code
 * <mailboxSubUpdate id=""> <mailboxSubscription mailbox="" mode="add"? />* </mailboxSubUpdate>
 * }</pre>
 */
public final class MailboxSubUpdate implements XimssOperation<MailboxSubUpdate.Request> {
    /** One mailboxSubscription: any mode but {@code add} takes it back. */
    public record Update(String mailbox, boolean add) {
        static Update parse(Element element) {
            return new Update(element.required("mailbox"), Updates.adds(element));
        }
    }

    /** The body. */
    public record Request(List<Update> updates) {
    }

    private final SubscriptionManager subscriptions;

    /** On James's subscriptions. */
    public MailboxSubUpdate(SubscriptionManager subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public String name() {
        return "mailboxSubUpdate";
    }

    @Override
    public Request read(Element element) {
        return new Request(Updates.of(element, "mailboxSubscription", Update::parse));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        // All names are read before the first of them is kept.
        List<MailboxPath> paths = request.updates.stream()
            .map(update -> MailboxNames.path(update.mailbox, session.mailboxSession()))
            .toList();
        return Flux.range(0, paths.size())
            .concatMap(i -> update(paths.get(i), request.updates.get(i).add, session))
            .thenMany(Flux.empty());
    }

    private Publisher<Void> update(MailboxPath path, boolean add, XimssSession session) {
        return add ? subscriptions.subscribeReactive(path, session.mailboxSession())
            : subscriptions.unsubscribeReactive(path, session.mailboxSession());
    }
}
