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
package io.jamesext.dmap;

import java.time.Clock;

import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SubscriptionManager;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.auth.Mechanisms;
import io.jamesext.dmap.op.any.Capability;
import io.jamesext.dmap.op.any.Logout;
import io.jamesext.dmap.op.any.Noop;
import io.jamesext.dmap.op.authenticated.Append;
import io.jamesext.dmap.op.authenticated.Create;
import io.jamesext.dmap.op.authenticated.Delete;
import io.jamesext.dmap.op.authenticated.Enable;
import io.jamesext.dmap.op.authenticated.Examine;
import io.jamesext.dmap.op.authenticated.GetQuota;
import io.jamesext.dmap.op.authenticated.GetQuotaRoot;
import io.jamesext.dmap.op.authenticated.Idle;
import io.jamesext.dmap.op.authenticated.List;
import io.jamesext.dmap.op.authenticated.Rename;
import io.jamesext.dmap.op.authenticated.Select;
import io.jamesext.dmap.op.authenticated.Status;
import io.jamesext.dmap.op.authenticated.Subscribe;
import io.jamesext.dmap.op.authenticated.Unsubscribe;
import io.jamesext.dmap.op.authenticated.Xresync;
import io.jamesext.dmap.op.keyring.AddKey;
import io.jamesext.dmap.op.keyring.DeleteKey;
import io.jamesext.dmap.op.keyring.GetKey;
import io.jamesext.dmap.op.keyring.ListKeys;
import io.jamesext.dmap.op.notauthenticated.Authenticate;
import io.jamesext.dmap.op.selected.Close;
import io.jamesext.dmap.op.selected.Copy;
import io.jamesext.dmap.op.selected.Expunge;
import io.jamesext.dmap.op.selected.Fetch;
import io.jamesext.dmap.op.selected.Move;
import io.jamesext.dmap.op.selected.Search;
import io.jamesext.dmap.op.selected.Store;
import io.jamesext.dmap.op.selected.Submit;
import io.jamesext.dmap.op.selected.Uid;
import io.jamesext.dmap.op.selected.Unselect;
import io.jamesext.dmap.op.signetring.AddSignet;
import io.jamesext.dmap.op.signetring.DeleteSignet;
import io.jamesext.dmap.op.signetring.GetSignet;
import io.jamesext.dmap.op.signetring.ListSignets;
import io.jamesext.dmap.ring.Dime;
import io.jamesext.kernel.operation.Operations;

/** The table of commands, in the draft's order (section 7). What is missing here is {@code not yet} in the README. */
final class DmapOperations {
    private final DmapServices services;

    DmapOperations(DmapServices services) {
        this.services = services;
    }

    /** The table for one configured server. */
    Operations<DmapOperation<?>> of(Mechanisms mechanisms, Capabilities capabilities) {
        return new Operations<>(ImmutableList.<DmapOperation<?>>builder()
            // 7.1 Any state
            .add(new Capability(capabilities), new Noop(), new Logout())
            // 7.2 Not authenticated state
            .add(new Authenticate(mechanisms, services.mailboxManager(), services.dime().modes(), capabilities))
            .addAll(authenticated())
            .addAll(rings(services.dime()))
            .addAll(selected())
            .build());
    }

    private ImmutableList<DmapOperation<?>> authenticated() {
        MailboxManager mailboxManager = services.mailboxManager();
        SubscriptionManager subscriptions = services.subscriptions();
        return ImmutableList.of(
            // 7.3 Authenticated state
            new Select(services),
            new Examine(services),
            new Create(mailboxManager),
            new Delete(mailboxManager),
            new Rename(mailboxManager),
            new Subscribe(subscriptions),
            new Unsubscribe(subscriptions),
            new List(mailboxManager, subscriptions),
            new Status(mailboxManager),
            new Append(mailboxManager, services.dime()),
            // RFC 9208, RFC 2177
            new GetQuota(services.quotas().roots(), services.quotas().used()),
            new GetQuotaRoot(services.quotas().roots(), services.quotas().used()),
            new Idle());
    }

    private ImmutableList<DmapOperation<?>> rings(Dime dime) {
        return ImmutableList.of(
            // 7.4 Key ring
            new GetKey(dime),
            new AddKey(dime, Clock.systemUTC()),
            new DeleteKey(dime, services.mailboxManager(), Clock.systemUTC()),
            new ListKeys(dime.keys()),
            // 7.5 Signet ring
            new GetSignet(dime),
            new AddSignet(dime),
            new DeleteSignet(dime.ring()),
            new ListSignets(dime.ring()),
            // PROTOCOL.md section 4
            new Enable(),
            new Xresync(services.points()));
    }

    private ImmutableList<DmapOperation<?>> selected() {
        MailboxManager mailboxManager = services.mailboxManager();
        Fetch fetch = new Fetch(services);
        Store store = new Store(new Store.Services(mailboxManager, services.flagUpdates(), services.meta()));
        Search search = new Search();
        Expunge expunge = new Expunge(mailboxManager, services.expunges());
        Copy copy = new Copy(mailboxManager, services.meta());
        Move move = new Move(mailboxManager, services.meta(), services.expunges());
        Submit submit = new Submit(services);
        return ImmutableList.of(
            // 7.6 Selected state
            new Close(expunge),
            expunge,
            search,
            fetch,
            store,
            copy,
            submit,
            new Uid(fetch, store, search, copy, submit, move, expunge),
            // RFC 6851, RFC 3691
            move,
            new Unselect());
    }
}
