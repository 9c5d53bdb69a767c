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

import org.apache.james.DefaultVacationService;
import org.apache.james.dlp.api.DLPConfigurationStore;
import org.apache.james.dlp.eventsourcing.EventSourcingDLPConfigurationStore;
import org.apache.james.dlp.eventsourcing.cassandra.DLPConfigurationModules;
import org.apache.james.eventsourcing.Event;
import org.apache.james.eventsourcing.eventstore.cassandra.dto.EventDTO;
import org.apache.james.eventsourcing.eventstore.cassandra.dto.EventDTOModule;
import org.apache.james.sieve.cassandra.CassandraSieveRepository;
import org.apache.james.sieve.cassandra.CassandraSieveRepositoryModule;
import org.apache.james.sieverepository.api.SieveQuotaRepository;
import org.apache.james.sieverepository.api.SieveRepository;
import org.apache.james.util.date.DefaultZonedDateTimeProvider;
import org.apache.james.util.date.ZonedDateTimeProvider;
import org.apache.james.util.html.HtmlTextExtractor;
import org.apache.james.vacation.api.NotificationRegistry;
import org.apache.james.vacation.api.VacationRepository;
import org.apache.james.vacation.api.VacationService;
import org.apache.james.vacation.cassandra.CassandraNotificationRegistry;
import org.apache.james.vacation.cassandra.CassandraNotificationRegistryModule;
import org.apache.james.vacation.cassandra.CassandraVacationModule;
import org.apache.james.vacation.cassandra.CassandraVacationRepository;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;

/** What users and administrators say about incoming mail: sieve scripts, vacation answers, rules against data loss. */
final class UserDataModule extends AbstractModule {
    @Override
    protected void configure() {
        Schema.tables(binder(), CassandraSieveRepositoryModule.MODULE, CassandraVacationModule.MODULE,
            CassandraNotificationRegistryModule.MODULE);
        bind(CassandraSieveRepository.class).in(Singleton.class);
        bind(SieveRepository.class).to(CassandraSieveRepository.class);
        bind(SieveQuotaRepository.class).to(CassandraSieveRepository.class);
        bind(VacationService.class).to(DefaultVacationService.class).in(Singleton.class);
        bind(VacationRepository.class).to(CassandraVacationRepository.class).in(Singleton.class);
        bind(NotificationRegistry.class).to(CassandraNotificationRegistry.class).in(Singleton.class);
        bind(ZonedDateTimeProvider.class).to(DefaultZonedDateTimeProvider.class);
        bind(HtmlTextExtractor.class).to(HtmlText.class);
        bind(DLPConfigurationStore.class).to(EventSourcingDLPConfigurationStore.class).in(Singleton.class);
        Multibinder<EventDTOModule<? extends Event, ? extends EventDTO>> events =
            Multibinder.newSetBinder(binder(), new TypeLiteral<>() { });
        events.addBinding().toInstance(DLPConfigurationModules.DLP_CONFIGURATION_STORE);
        events.addBinding().toInstance(DLPConfigurationModules.DLP_CONFIGURATION_CLEAR);
    }
}
