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
package io.jamesext.dmap.op.authenticated;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SubscriptionManager;
import org.reactivestreams.Publisher;

import io.jamesext.dmap.DmapOperation;
import io.jamesext.dmap.mail.MailboxNames;
import io.jamesext.dmap.reply.DmapReply;
import io.jamesext.dmap.session.DmapSession;
import io.jamesext.dmap.wire.DmapReader;
import reactor.core.publisher.Mono;

/**
 * Puts a name into the list of subscribed mailboxes, whether there is such a mailbox or not.
 * Draft section 7.3.6: {@code "SUBSCRIBE" SP mailbox}.
 */
public final class Subscribe implements DmapOperation<OneMailbox> {
    private final SubscriptionManager subscriptions;

    /** On James's subscriptions. */
    public Subscribe(SubscriptionManager subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public String name() {
        return "SUBSCRIBE";
    }

    @Override
    public OneMailbox parse(DmapReader arguments) {
        return OneMailbox.parse(arguments);
    }

    @Override
    public Publisher<DmapReply> run(OneMailbox request, DmapSession session) {
        MailboxSession user = session.mailboxSession();
        return Mono.from(subscriptions.subscribeReactive(MailboxNames.newPath(request.mailbox(), user), user)).then(Mono.empty());
    }
}
