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
package io.jamesext.ximss.op.account;

import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;

import io.jamesext.ximss.account.AccountAccess;
import io.jamesext.ximss.account.AccountRight;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.reply.AccountRights;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Says what the user may do with an account. XIMSS, "Account Management", accountRightsGet. With one that there is not, nothing.
 *
 * <pre>{@code <accountRightsGet id="" userName=""? />}</pre>
 */
public final class AccountRightsGet implements XimssOperation<AccountRightsGet.Request> {
    /** The attributes. */
    public record Request(Optional<String> userName) {
    }

    private final AccountAccess access;

    /** On the lists of accounts. */
    public AccountRightsGet(AccountAccess access) {
        this.access = access;
    }

    @Override
    public String name() {
        return "accountRightsGet";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("userName"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        Username account = AccountNames.account(request.userName, mailboxSession);
        return access.rights(account, mailboxSession.getUser())
            .map(rights -> new AccountRights(request.userName, AccountRight.text(rights)))
            .flux();
    }
}
