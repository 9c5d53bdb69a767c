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
package io.jamesext.agap;

import java.time.Clock;
import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.change.FolderStates;
import io.jamesext.agap.change.ItemUids;
import io.jamesext.agap.folder.FolderTags;
import io.jamesext.agap.folder.FolderTree;
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.item.ItemActions;
import io.jamesext.agap.op.authenticated.Chng;
import io.jamesext.agap.op.authenticated.Copy;
import io.jamesext.agap.op.authenticated.Cpyf;
import io.jamesext.agap.op.authenticated.Datt;
import io.jamesext.agap.op.authenticated.Dele;
import io.jamesext.agap.op.authenticated.Delf;
import io.jamesext.agap.op.authenticated.Exit;
import io.jamesext.agap.op.authenticated.Fcpy;
import io.jamesext.agap.op.authenticated.Fdel;
import io.jamesext.agap.op.authenticated.Find;
import io.jamesext.agap.op.authenticated.Fmov;
import io.jamesext.agap.op.authenticated.Ftag;
import io.jamesext.agap.op.authenticated.Gtag;
import io.jamesext.agap.op.authenticated.Make;
import io.jamesext.agap.op.authenticated.Move;
import io.jamesext.agap.op.authenticated.Movf;
import io.jamesext.agap.op.authenticated.Name;
import io.jamesext.agap.op.authenticated.Noop;
import io.jamesext.agap.op.authenticated.Pnfo;
import io.jamesext.agap.op.authenticated.Retr;
import io.jamesext.agap.op.authenticated.Slct;
import io.jamesext.agap.op.authenticated.Spam;
import io.jamesext.agap.op.authenticated.Stag;
import io.jamesext.agap.op.authenticated.Stat;
import io.jamesext.agap.op.authenticated.Stor;
import io.jamesext.agap.op.authenticated.Suid;
import io.jamesext.agap.op.authenticated.Xchg;
import io.jamesext.agap.op.notauthenticated.Auth;
import io.jamesext.agap.op.notauthenticated.Capa;
import io.jamesext.agap.op.notauthenticated.Mechanisms;
import io.jamesext.agap.op.notauthenticated.Quit;
import io.jamesext.agap.op.notauthenticated.Sgzp;
import io.jamesext.agap.op.notauthenticated.Stls;
import io.jamesext.agap.op.preauthentication.Entry;
import io.jamesext.agap.op.preauthentication.Hash;
import io.jamesext.agap.op.preauthentication.Pass;
import io.jamesext.agap.op.preauthentication.Strangers;
import io.jamesext.agap.op.preauthentication.User;
import io.jamesext.agap.op.storing.Fsto;
import io.jamesext.agap.storing.StoringLimit;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.auth.PreLoginDelay;
import io.jamesext.kernel.operation.Operations;

/** The table of commands, in the order of AGAP chapter 4, then our extension. What is not here is unknown to this server: 510. */
public final class AgapOperations {
    private final AgapServices services;
    /** One for all servers, so that who is slowed at one is slowed at the others. */
    private final PreLoginDelay strangersDelay = new PreLoginDelay();
    private final StoringLimit storingLimit = new StoringLimit();

    /** On these services. */
    public AgapOperations(AgapServices services) {
        this.services = services;
    }

    /** The table for a server with this log-in and configuration. */
    public Operations<AgapOperation<?>> table(LogIn logIn, AgapSettings settings) {
        return new Operations<>(ImmutableList.<AgapOperation<?>>builder()
            .addAll(beforeAuthentication(logIn, settings))
            .addAll(authenticated(settings))
            .build());
    }

    /** Sections 4.5 to 4.12. */
    private List<AgapOperation<?>> beforeAuthentication(LogIn logIn, AgapSettings settings) {
        Mechanisms mechanisms = new Mechanisms(logIn, settings);
        Entry entry = new Entry(services.folders());
        return ImmutableList.of(
            new Quit(),
            new Auth(mechanisms),
            new Capa(mechanisms, settings),
            new Sgzp(),
            new Stls(),
            new Hash(logIn, entry),
            new Pass(logIn, new Strangers(settings, strangersDelay), entry),
            new User());
    }

    /** Sections 4.13 to 4.40, and our XCHG. */
    private List<AgapOperation<?>> authenticated(AgapSettings settings) {
        Folders folders = services.folders();
        FolderStates states = services.states();
        FolderTags tags = services.tags();
        FolderTree tree = services.tree();
        ItemActions actions = services.actions();
        ItemUids uids = services.uids();
        return ImmutableList.of(
            new Chng(folders, states),
            new Copy(actions),
            new Cpyf(actions),
            new Datt(folders, tags, uids),
            new Dele(actions),
            new Delf(folders, tags, tree, actions),
            new Exit(),
            new Fcpy(actions),
            new Fdel(actions),
            new Find(folders, uids, services.matches()),
            new Fmov(actions),
            new Fsto(services.deposits(), settings.items(), storingLimit, settings.storedPerHour()),
            new Ftag(actions),
            new Gtag(folders, uids),
            new io.jamesext.agap.op.authenticated.List(folders),
            new Make(folders, tree),
            new Move(actions),
            new Movf(actions),
            new Name(folders, tree),
            new Noop(),
            new Pnfo(services.presences(), settings),
            new Retr(folders, uids),
            new Slct(folders),
            new Spam(folders, uids, services.eventBus()),
            new Stag(actions),
            new Stat(folders, tags, states),
            new Stor(folders, tags, uids, settings.items(), Clock.systemUTC()),
            new Suid(),
            new Xchg(folders, states, services.changes()));
    }
}
