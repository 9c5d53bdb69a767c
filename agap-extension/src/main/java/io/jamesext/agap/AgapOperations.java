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
import io.jamesext.agap.folder.Folders;
import io.jamesext.agap.item.ItemBody;
import io.jamesext.agap.op.authenticated.Chng;
import io.jamesext.agap.op.authenticated.Datt;
import io.jamesext.agap.op.authenticated.Exit;
import io.jamesext.agap.op.authenticated.Find;
import io.jamesext.agap.op.authenticated.Gtag;
import io.jamesext.agap.op.authenticated.Noop;
import io.jamesext.agap.op.authenticated.Retr;
import io.jamesext.agap.op.authenticated.Slct;
import io.jamesext.agap.op.authenticated.Stag;
import io.jamesext.agap.op.authenticated.Stat;
import io.jamesext.agap.op.authenticated.Stor;
import io.jamesext.agap.op.authenticated.Suid;
import io.jamesext.agap.op.authenticated.Xchg;
import io.jamesext.agap.op.notauthenticated.Auth;
import io.jamesext.agap.op.notauthenticated.Capa;
import io.jamesext.agap.op.notauthenticated.Quit;
import io.jamesext.agap.op.notauthenticated.Stls;
import io.jamesext.agap.op.preauthentication.Pass;
import io.jamesext.agap.op.preauthentication.User;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.operation.Operations;

/** The table of commands, in the order of AGAP chapter 4, then our extension. What is not here is unknown to this server: 510. */
public final class AgapOperations {
    private final AgapServices services;

    /** On these services. */
    public AgapOperations(AgapServices services) {
        this.services = services;
    }

    /** The table for a server with this log-in, which takes items as this body does. */
    public Operations<AgapOperation<?>> table(LogIn logIn, ItemBody body) {
        Folders folders = services.folders();
        FolderStates states = services.states();
        ItemUids uids = services.uids();
        List<AgapOperation<?>> operations = ImmutableList.of(
            new Quit(),
            new Auth(logIn),
            new Capa(logIn),
            new Stls(),
            new Pass(logIn, folders),
            new User(),
            new Chng(folders, states),
            new Datt(folders, uids),
            new Exit(),
            new Find(folders, uids),
            new Gtag(folders, uids),
            new io.jamesext.agap.op.authenticated.List(folders),
            new Noop(),
            new Retr(folders, uids),
            new Slct(folders),
            new Stag(folders, uids),
            new Stat(folders, states),
            new Stor(folders, uids, body, Clock.systemUTC()),
            new Suid(),
            new Xchg(folders, states, services.changes()));
        return new Operations<>(operations);
    }
}
