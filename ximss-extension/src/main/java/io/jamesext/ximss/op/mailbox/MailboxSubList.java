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

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SubscriptionManager;

import io.jamesext.ximss.folder.MailboxNames;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.reply.MailboxSubscription;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lists the names that the user has subscribed to, in their order, of mailboxes that are there or not. XIMSS, "Mailbox Management",
 * mailboxSubList. They are IMAP's too.
 *
 * <pre>{@code <mailboxSubList id="" filter=""? />}</pre>
 */
public final class MailboxSubList implements XimssOperation<MailboxSubList.Request> {
    /** The attributes. */
    public record Request(String filter) {
    }

    private final SubscriptionManager subscriptions;

    /** On James's subscriptions. */
    public MailboxSubList(SubscriptionManager subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public String name() {
        return "mailboxSubList";
    }

    @Override
    public Request read(Element element) {
        return new Request(NamePattern.filter(element));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        NamePattern pattern = new NamePattern(request.filter, mailboxSession.getPathDelimiter());
        return Mono.fromCallable(() -> subscriptions.subscriptionsReactive(mailboxSession)).flatMapMany(paths -> paths)
            .map(path -> MailboxNames.name(path, mailboxSession))
            .filter(pattern::matches)
            .sort()
            .map(MailboxSubscription::new);
    }
}
