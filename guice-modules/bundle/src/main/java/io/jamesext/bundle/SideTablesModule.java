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

import java.time.Clock;
import java.util.Optional;

import org.apache.james.blob.api.BlobStoreDAO;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.inject.AbstractModule;
import com.google.inject.Binding;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;

import io.jamesext.agap.change.AliasTable;
import io.jamesext.agap.change.FolderTable;
import io.jamesext.agap.presence.PresenceStore;
import io.jamesext.dmap.auth.StacieVerifiers;
import io.jamesext.dmap.meta.MetaTable;
import io.jamesext.dmap.ring.KeyTable;
import io.jamesext.dmap.ring.ModeTable;
import io.jamesext.dmap.ring.SignetTable;
import io.jamesext.dmap.submit.SubmissionTable;
import io.jamesext.groupware.OneTimeSecrets;
import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.file.PersonalFiles;
import io.jamesext.kernel.auth.CredentialStore;
import io.jamesext.kernel.auth.ScramVerifiers;
import io.jamesext.kernel.expunge.Tombstones;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.lemonade.imap.metadata.ServerAnnotations;
import io.jamesext.urlauth.MailboxKeys;
import io.jamesext.ximss.table.FolderTables;

/** Our side tables: where the James underneath has a Cassandra session, in its keyspace, otherwise in memory. One method for each. */
final class SideTablesModule extends AbstractModule {
    /** Made at the first use of any, which is when James makes the first class of ours that needs one: at its start. */
    @Provides
    @Singleton
    Optional<SideTables> tables(Injector injector) {
        Binding<CqlSession> session = injector.getExistingBinding(Key.get(CqlSession.class));
        return session == null ? Optional.empty() : Optional.of(SideTables.create(session.getProvider().get()));
    }

    @Provides
    @Singleton
    Tombstones tombstones(Optional<SideTables> tables) {
        return Tombstones.on(tables);
    }

    @Provides
    @Singleton
    FolderTable agapFolders(Optional<SideTables> tables) {
        return FolderTable.on(tables);
    }

    @Provides
    @Singleton
    AliasTable agapAliases(Optional<SideTables> tables) {
        return AliasTable.on(tables);
    }

    @Provides
    @Singleton
    MetaTable dmapMeta(Optional<SideTables> tables) {
        return MetaTable.on(tables);
    }

    @Provides
    @Singleton
    ModeTable dmapModes(Optional<SideTables> tables) {
        return ModeTable.on(tables);
    }

    @Provides
    @Singleton
    KeyTable dmapKeys(Optional<SideTables> tables) {
        return KeyTable.on(tables);
    }

    @Provides
    @Singleton
    SignetTable dmapSignets(Optional<SideTables> tables) {
        return SignetTable.on(tables);
    }

    @Provides
    @Singleton
    SubmissionTable dmapSubmissions(Optional<SideTables> tables, Clock clock) {
        return SubmissionTable.on(tables, clock);
    }

    @Provides
    @Singleton
    ScramVerifiers scramVerifiers(Optional<SideTables> tables) {
        return ScramVerifiers.on(tables);
    }

    @Provides
    @Singleton
    CredentialStore credentialStore(Optional<SideTables> tables) {
        return CredentialStore.on(tables);
    }

    @Provides
    @Singleton
    StacieVerifiers stacieVerifiers(Optional<SideTables> tables) {
        return StacieVerifiers.on(tables);
    }

    @Provides
    @Singleton
    UserSettings userSettings(Optional<SideTables> tables) {
        return UserSettings.on(tables);
    }

    @Provides
    @Singleton
    FolderTables folderTables(Optional<SideTables> tables) {
        return FolderTables.on(tables);
    }

    @Provides
    @Singleton
    OneTimeSecrets oneTimeSecrets(Optional<SideTables> tables) {
        return OneTimeSecrets.on(tables);
    }

    @Provides
    @Singleton
    PersonalFiles personalFiles(Optional<SideTables> tables, Injector injector) {
        return tables.map(table -> PersonalFiles.on(table, injector.getInstance(BlobStoreDAO.class))).orElseGet(PersonalFiles::inMemory);
    }

    @Provides
    @Singleton
    PresenceStore presenceStore(Optional<SideTables> tables) {
        return PresenceStore.on(tables);
    }

    @Provides
    @Singleton
    ServerAnnotations serverAnnotations(Optional<SideTables> tables) {
        return ServerAnnotations.on(tables);
    }

    @Provides
    @Singleton
    MailboxKeys mailboxKeys(Optional<SideTables> tables) {
        return MailboxKeys.on(tables);
    }
}
