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

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.NameType;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.account.AccountAccess;
import io.jamesext.ximss.account.AccountRight;
import io.jamesext.ximss.op.XimssOperation;
import io.jamesext.ximss.op.mailbox.AclPattern;
import io.jamesext.ximss.op.mailbox.Updates;
import io.jamesext.ximss.reply.DataMessage;
import io.jamesext.ximss.session.XimssSession;
import io.jamesext.ximss.xml.Element;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes the access control list of an account, for who may administer it. XIMSS, "Account Management", accountACLUpdate. All elements are
 * read and checked before the first is changed.
 *
 * <pre>{@code
 * <accountACLUpdate id="" userName=""?> <aclElem pattern="" mode="add|sub|clear"?>rights</aclElem>* </accountACLUpdate>
 * }</pre>
 */
public final class AccountAclUpdate implements XimssOperation<AccountAclUpdate.Request> {
    /** As many elements as one list may have: all are read whenever a right is looked at. */
    private static final int MAX_ELEMENTS = 200;

    /**
     * One aclElem.
     *
     * @param mode any but add, sub and clear, or none, replaces the rights
     */
    public record Update(String pattern, String mode, Set<AccountRight> rights) {
        static Update parse(Element element) {
            return new Update(element.required("pattern"), element.attribute("mode").orElse(""), AccountRight.parse(element.text()));
        }

        private void apply(EntryKey key, Map<EntryKey, Set<AccountRight>> elements) {
            Set<AccountRight> result = EnumSet.noneOf(AccountRight.class);
            if (mode.equals("add") || mode.equals("sub")) {
                result.addAll(elements.getOrDefault(key, Set.of()));
            }
            if (mode.equals("sub")) {
                result.removeAll(rights);
            } else if (!mode.equals("clear")) {
                result.addAll(rights);
            }
            elements.remove(key);
            if (!result.isEmpty()) {
                elements.put(key, result);
            }
        }
    }

    /** The attributes and the body. */
    public record Request(Optional<String> userName, List<Update> updates) {
    }

    private final AccountAccess access;

    /** On the lists of accounts. */
    public AccountAclUpdate(AccountAccess access) {
        this.access = access;
    }

    @Override
    public String name() {
        return "accountACLUpdate";
    }

    @Override
    public Request read(Element element) {
        return new Request(element.attribute("userName"), Updates.of(element, "aclElem", Update::parse));
    }

    @Override
    public Flux<? extends DataMessage> answer(Request request, XimssSession session) {
        MailboxSession mailboxSession = session.mailboxSession();
        Username account = AccountNames.account(request.userName, mailboxSession);
        // Not who acts as the account: as in JMAP, delegation is not passed on. Nor who has a token, which ends, and delegation does not.
        boolean isOwner = session.hasOwnPassword() && mailboxSession.getUser().equals(account);
        return access.require(Set.of(AccountRight.ADMINISTER), account, mailboxSession.getUser())
            .then(access.list(account))
            .flatMap(before -> Mono.fromCallable(() -> updated(before, request, account, mailboxSession))
                .flatMap(after -> access.change(account, before, after, isOwner)))
            .thenMany(Flux.empty());
    }

    private static Map<EntryKey, Set<AccountRight>> updated(Map<EntryKey, Set<AccountRight>> before, Request request, Username account,
                                                            MailboxSession session) {
        Map<EntryKey, Set<AccountRight>> elements = new HashMap<>(before);
        request.updates.forEach(update -> {
            EntryKey key = AclPattern.parse(update.pattern, session);
            // As James has it for mailboxes: within a domain.
            if (key.getNameType() == NameType.user && !Username.of(key.getName()).getDomainPart().equals(account.getDomainPart())) {
                throw new ProtocolException(Failure.NO_PERMISSION, "permission denied");
            }
            update.apply(key, elements);
        });
        // What James's delegation has brought there beyond it can always be taken away.
        if (elements.size() > Math.max(MAX_ELEMENTS, before.size())) {
            throw new ProtocolException(Failure.TOO_BIG, "more than " + MAX_ELEMENTS + " elements in a list");
        }
        return elements;
    }
}
