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

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;

import io.jamesext.ximss.account.AccountAccess;
import io.jamesext.ximss.account.AccountRight;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.mailbox.AclPattern;
import io.jamesext.ximss.reply.AccountAcl;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;

/**
 * Shows the access control list of an account to who may see it. XIMSS, "Account Management", accountACLList.
 *
 * <pre>{@code <accountACLList id="" userName=""? />}</pre>
 */
public final class AccountAclList implements XimssOperation<AccountAclList.Request> {
    /** The attributes. */
    public record Request(Optional<String> userName) {
    }

    private final AccountAccess access;

    /** On the lists of accounts. */
    public AccountAclList(AccountAccess access) {
        this.access = access;
    }

    @Override
    public String name() {
        return "accountACLList";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("userName"));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        Username account = AccountNames.account(request.userName, mailboxSession);
        return access.require(Set.of(AccountRight.LOOKUP, AccountRight.ADMINISTER), account, mailboxSession.getUser())
            .then(access.list(account))
            .map(elements -> new AccountAcl(request.userName, shown(elements, mailboxSession)))
            .flux();
    }

    private static Map<String, String> shown(Map<EntryKey, Set<AccountRight>> elements, MailboxSession session) {
        Map<String, String> shown = new TreeMap<>();
        elements.forEach((key, rights) -> shown.put(AclPattern.text(key, session), AccountRight.text(rights)));
        return shown;
    }
}
