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

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.modules.BlobExportMechanismModule;
import org.apache.james.modules.MailboxModule;
import org.apache.james.server.core.configuration.Configuration;

import com.google.inject.Module;
import com.google.inject.util.Modules;

/** Every store and the mailbox layer, without protocols, mailets and WebAdmin: what the server and the tests in one JVM share. */
public final class StorageModules {
    private StorageModules() {
    }

    /**
     * The stores that the files in the configuration's {@code conf} ask for. Goes with James's {@code CommonServicesModule}; the schema is
     * there when the {@code CqlSession} is.
     */
    public static Module mailbox(Configuration configuration) throws ConfigurationException {
        return mailbox(Choices.of(configuration));
    }

    static Module mailbox(Choices choices) {
        return Modules.combine(
            new SessionModule(),
            new EventStoreModule(),
            new BlobsModule(),
            new BlobExportMechanismModule(),
            new AccountsModule(),
            new UserDataModule(),
            new MailRepositoriesModule(),
            new MailboxModule(),
            new MailboxStoreModule(),
            new QuotaModule(),
            new DeadLettersModule(),
            choices.vault() ? new VaultModule() : Modules.EMPTY_MODULE,
            SearchModules.of(choices.search()));
    }
}
