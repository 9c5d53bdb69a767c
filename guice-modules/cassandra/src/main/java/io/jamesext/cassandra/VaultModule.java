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

package io.jamesext.cassandra;

import org.apache.james.mailbox.cassandra.DeleteMessageListener;
import org.apache.james.modules.vault.DeletedMessageVaultModule;
import org.apache.james.vault.metadata.CassandraDeletedMessageMetadataVault;
import org.apache.james.vault.metadata.DeletedMessageMetadataModule;
import org.apache.james.vault.metadata.DeletedMessageMetadataVault;
import org.apache.james.vault.metadata.DeletedMessageVaultDeletionCallback;
import org.apache.james.vault.metadata.MetadataDAO;
import org.apache.james.vault.metadata.StorageInformationDAO;
import org.apache.james.vault.metadata.UserPerBucketDAO;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;

/**
 * Keeps deleted messages for the time that {@code deletedMessageVault.properties} says. On Cassandra the copy is made by what deletes the
 * message's last reference, so the vault's pre-deletion hook must not be configured as well.
 */
final class VaultModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new DeletedMessageVaultModule());
        Schema.tables(binder(), DeletedMessageMetadataModule.MODULE);
        Schema.single(binder(), MetadataDAO.class, StorageInformationDAO.class, UserPerBucketDAO.class);
        bind(DeletedMessageMetadataVault.class).to(CassandraDeletedMessageMetadataVault.class).in(Singleton.class);
        Multibinder.newSetBinder(binder(), DeleteMessageListener.DeletionCallback.class)
            .addBinding().to(DeletedMessageVaultDeletionCallback.class);
    }
}
