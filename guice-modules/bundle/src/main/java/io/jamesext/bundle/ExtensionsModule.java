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

package io.jamesext.bundle;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;

import io.jamesext.agap.AgapServerFactory;
import io.jamesext.agap.change.FolderEvents;
import io.jamesext.agap.change.Verification;
import io.jamesext.dmap.DmapServerFactory;
import io.jamesext.dmap.dmtp.DmtpServerFactory;
import io.jamesext.dmap.mailet.Gateways;
import io.jamesext.dmap.sync.SyncEvents;
import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.expunge.ExpungeListener;
import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.kernel.expunge.TombstoneLog;
import io.jamesext.kernel.flags.FlagUpdates;
import io.jamesext.kernel.mailbox.GroupListeners;
import io.jamesext.kernel.server.ProtocolFactory;
import io.jamesext.lemonade.imap.notify.Watches;
import io.jamesext.lemonade.imap.select.OpenFolders;
import io.jamesext.lemonade.imap.select.Registrations;
import io.jamesext.lemonade.imap.sort.MessageOrder;
import io.jamesext.urlauth.UrlServers;
import io.jamesext.ximss.XimssServerFactory;
import io.jamesext.ximss.account.Accounts;

/** The protocols that this jar brings. Named in {@code conf/extensions.properties} as {@code guice.extension.module}. */
public final class ExtensionsModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new SideTablesModule());
        install(new MailboxesModule());
        install(new DimeModule());
        install(new DmtpModule());
        bind(Authentication.class).in(Scopes.SINGLETON);
        bind(ExpungeLog.class).to(TombstoneLog.class).in(Scopes.SINGLETON);
        bind(ExpungeListener.class).in(Scopes.SINGLETON);
        bind(Verification.class).in(Scopes.SINGLETON);
        bind(FolderEvents.class).in(Scopes.SINGLETON);
        bind(SyncEvents.class).in(Scopes.SINGLETON);
        bind(GroupListeners.class).in(Scopes.SINGLETON);
        bind(Gateways.class).in(Scopes.SINGLETON);
        bind(FlagUpdates.class).in(Scopes.SINGLETON);
        bind(OpenFolders.class).in(Scopes.SINGLETON);
        bind(Registrations.class).in(Scopes.SINGLETON);
        bind(Watches.class).in(Scopes.SINGLETON);
        bind(MessageOrder.class).in(Scopes.SINGLETON);
        bind(Accounts.class).in(Scopes.SINGLETON);
        bind(UrlServers.class).in(Scopes.SINGLETON);
        Multibinder<ProtocolFactory> protocols = Multibinder.newSetBinder(binder(), ProtocolFactory.class);
        protocols.addBinding().to(XimssServerFactory.class);
        protocols.addBinding().to(AgapServerFactory.class);
        protocols.addBinding().to(DmapServerFactory.class);
        protocols.addBinding().to(DmtpServerFactory.class);
    }
}
