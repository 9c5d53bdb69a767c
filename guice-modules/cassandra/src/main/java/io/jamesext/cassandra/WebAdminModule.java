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

import org.apache.james.modules.server.DLPRoutesModule;
import org.apache.james.modules.server.DataRoutesModules;
import org.apache.james.modules.server.InconsistencyQuotasSolvingRoutesModule;
import org.apache.james.modules.server.MailQueueRoutesModule;
import org.apache.james.modules.server.MailRepositoriesRoutesModule;
import org.apache.james.modules.server.MailboxRoutesModule;
import org.apache.james.modules.server.MailboxesExportRoutesModule;
import org.apache.james.modules.server.MessagesRoutesModule;
import org.apache.james.modules.server.NoJwtModule;
import org.apache.james.modules.server.ReIndexingModule;
import org.apache.james.modules.server.SieveRoutesModule;
import org.apache.james.modules.server.VacationRoutesModule;
import org.apache.james.modules.server.WebAdminReIndexingTaskSerializationModule;
import org.apache.james.modules.server.WebAdminServerModule;
import org.apache.james.modules.vault.DeletedMessageVaultRoutesModule;

import com.google.inject.AbstractModule;

/** WebAdmin with everything that the stores of this James can be asked about. */
final class WebAdminModule extends AbstractModule {
    private final Choices choices;

    WebAdminModule(Choices choices) {
        this.choices = choices;
    }

    @Override
    protected void configure() {
        install(new WebAdminServerModule());
        // Without JMAP there is no key of JMAP's that WebAdmin could fall back to: jwt.publickeypem.url must be set to use jwt.enabled.
        install(new NoJwtModule());
        install(new CassandraRoutesModule());
        install(new DataRoutesModules());
        install(new VacationRoutesModule());
        install(new DLPRoutesModule());
        install(new SieveRoutesModule());
        install(new MailboxRoutesModule());
        install(new MailboxesExportRoutesModule());
        install(new MessagesRoutesModule());
        install(new MailQueueRoutesModule());
        install(new MailRepositoriesRoutesModule());
        install(new InconsistencyQuotasSolvingRoutesModule());
        install(new ReIndexingModule());
        install(new WebAdminReIndexingTaskSerializationModule());
        if (choices.vault()) {
            install(new DeletedMessageVaultRoutesModule());
        }
    }
}
