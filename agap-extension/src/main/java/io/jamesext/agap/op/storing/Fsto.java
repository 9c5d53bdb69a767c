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
package io.jamesext.agap.op.storing;

import java.util.EnumSet;
import java.util.Set;

import org.apache.james.core.Username;

import io.jamesext.agap.AgapOperation;
import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.item.ItemBody;
import io.jamesext.agap.reply.AgapReply;
import io.jamesext.agap.reply.Status;
import io.jamesext.agap.session.AgapSession;
import io.jamesext.agap.session.State;
import io.jamesext.agap.storing.Deposits;
import io.jamesext.agap.storing.Sender;
import io.jamesext.agap.storing.StoringLimit;
import io.jamesext.agap.wire.Line;
import io.jamesext.agap.wire.LineReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds an item to somebody's account. AGAP section 4.24: {@code FSTO FolderType Account}, then after 110 the lines of its XML and an empty
 * line. Also for users in their own account, whom section 6.4 gives it too.
 */
public final class Fsto implements AgapOperation<Fsto.Request> {
    /** What kind of item, and for whom. */
    public record Request(FolderType type, Username account) {
        static Request parse(Line line) {
            LineReader arguments = line.arguments().requireArguments();
            String type = arguments.expectAtom("folder type");
            // Figure 94: unlike elsewhere one argument is as bad as none.
            String account = arguments.requireArguments().expectAtom("account");
            arguments.expectEnd();
            FolderType known = FolderType.named(type).orElseThrow(() -> new ProtocolException(Failure.SYNTAX, "INVALID folder type"));
            try {
                return new Request(known, Username.of(account));
            } catch (IllegalArgumentException e) {
                throw new ProtocolException(Failure.SYNTAX, "UNKNOWN account name");
            }
        }
    }

    private final Deposits deposits;
    private final ItemBody body;
    private final StoringLimit limit;
    private final int mostInAnHour;

    /** Items are as large as the body may be, and a sender may add so many. */
    public Fsto(Deposits deposits, ItemBody body, StoringLimit limit, int mostInAnHour) {
        this.deposits = deposits;
        this.body = body;
        this.limit = limit;
        this.mostInAnHour = mostInAnHour;
    }

    @Override
    public String name() {
        return "FSTO";
    }

    @Override
    public Set<State> allowedIn() {
        return EnumSet.of(State.AUTHENTICATED, State.STORING);
    }

    @Override
    public Request parse(Line line) {
        return Request.parse(line);
    }

    @Override
    public Flux<AgapReply> run(Request request, AgapSession session) {
        Sender sender = new Sender(session.user(), session.client().address());
        if (!limit.take(sender, mostInAnHour)) {
            throw new ProtocolException(Failure.BUSY, "Too many items from you, please retry later");
        }
        Username account = session.user().map(request.account::withDefaultDomainFromUser).orElse(request.account);
        return deposits.find(request.type, account, sender)
            .flatMap(deposit -> body.ask(session.connection(), Status.goAhead("Send the item ended with an empty line"))
                .flatMap(xml -> xml.isEmpty() ? Mono.just("Item not stored as it was empty")
                    // It can take long to come, and what was PUBLIC may be so no more.
                    : deposits.find(request.type, account, sender).flatMap(now -> now.store(xml))))
            .<AgapReply>map(Status::ok)
            .flux();
    }
}
