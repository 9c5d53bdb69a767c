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

import java.time.Clock;
import java.util.Set;

import org.apache.james.backends.cassandra.migration.MigrationTask;
import org.apache.james.backends.cassandra.migration.MigrationTaskAdditionalInformationDTO;
import org.apache.james.backends.cassandra.migration.MigrationTaskDTO;
import org.apache.james.blob.api.BlobReferenceSource;
import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.mailbox.cassandra.mail.task.MailboxMergingTaskAdditionalInformationDTO;
import org.apache.james.mailbox.cassandra.mail.task.MailboxMergingTaskDTO;
import org.apache.james.mailbox.cassandra.mail.task.MailboxMergingTaskRunner;
import org.apache.james.mailbox.cassandra.mail.task.RecomputeMailboxCountersService;
import org.apache.james.mailbox.cassandra.mail.task.RecomputeMailboxCountersTaskAdditionalInformationDTO;
import org.apache.james.mailbox.cassandra.mail.task.RecomputeMailboxCountersTaskDTO;
import org.apache.james.mailbox.cassandra.mail.task.SolveMailboxInconsistenciesService;
import org.apache.james.mailbox.cassandra.mail.task.SolveMailboxInconsistenciesTaskAdditionalInformationDTO;
import org.apache.james.mailbox.cassandra.mail.task.SolveMailboxInconsistenciesTaskDTO;
import org.apache.james.mailbox.cassandra.mail.task.SolveMessageInconsistenciesService;
import org.apache.james.mailbox.cassandra.mail.task.SolveMessageInconsistenciesTaskAdditionalInformationDTO;
import org.apache.james.mailbox.cassandra.mail.task.SolveMessageInconsistenciesTaskDTO;
import org.apache.james.rrt.cassandra.CassandraMappingsSourcesDAO;
import org.apache.james.rrt.cassandra.migration.MappingsSourcesMigration;
import org.apache.james.rrt.cassandra.migration.MappingsSourcesMigrationTaskAdditionalInformationDTO;
import org.apache.james.server.blob.deduplication.BlobGCTaskAdditionalInformationDTO;
import org.apache.james.server.blob.deduplication.BlobGCTaskDTO;
import org.apache.james.server.blob.deduplication.GenerationAwareBlobId;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.server.task.json.dto.TaskDTOModule;
import org.apache.james.task.Task;
import org.apache.james.task.TaskExecutionDetails.AdditionalInformation;
import org.apache.james.webadmin.dto.DTOModuleInjections;
import org.apache.james.webadmin.dto.WebAdminMigrationTaskAdditionalInformationDTO;
import org.apache.james.webadmin.service.CassandraMappingsSolveInconsistenciesTask;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import com.google.inject.name.Names;

/** How the tasks of {@link CassandraRoutesModule} are written for other nodes and shown by WebAdmin. */
final class CassandraTasksModule extends AbstractModule {
    private static final TypeLiteral<AdditionalInformationDTOModule<? extends AdditionalInformation, ? extends AdditionalInformationDTO>>
        INFORMATION = new TypeLiteral<>() { };

    @Override
    protected void configure() {
        shown(MappingsSourcesMigrationTaskAdditionalInformationDTO.module(CassandraMappingsSolveInconsistenciesTask.TYPE));
        shown(MailboxMergingTaskAdditionalInformationDTO.module());
        shown(SolveMailboxInconsistenciesTaskAdditionalInformationDTO.module());
        shown(RecomputeMailboxCountersTaskAdditionalInformationDTO.module());
        shown(SolveMessageInconsistenciesTaskAdditionalInformationDTO.module());
        shown(BlobGCTaskAdditionalInformationDTO.SERIALIZATION_MODULE);
        shown(MigrationTaskAdditionalInformationDTO.module(), WebAdminMigrationTaskAdditionalInformationDTO.module());
    }

    private void shown(AdditionalInformationDTOModule<? extends AdditionalInformation, ? extends AdditionalInformationDTO> information) {
        shown(information, information);
    }

    private void shown(AdditionalInformationDTOModule<? extends AdditionalInformation, ? extends AdditionalInformationDTO> written,
            AdditionalInformationDTOModule<? extends AdditionalInformation, ? extends AdditionalInformationDTO> shown) {
        Multibinder.newSetBinder(binder(), INFORMATION).addBinding().toInstance(written);
        Multibinder.newSetBinder(binder(), INFORMATION, Names.named(DTOModuleInjections.WEBADMIN_DTO)).addBinding().toInstance(shown);
    }

    @ProvidesIntoSet
    TaskDTOModule<? extends Task, ? extends TaskDTO> migrate(MigrationTask.Factory factory) {
        return MigrationTaskDTO.module(factory);
    }

    @ProvidesIntoSet
    TaskDTOModule<? extends Task, ? extends TaskDTO> mergeMailboxes(MailboxMergingTaskRunner runner) {
        return MailboxMergingTaskDTO.module(runner);
    }

    @ProvidesIntoSet
    TaskDTOModule<? extends Task, ? extends TaskDTO> solveMailboxes(SolveMailboxInconsistenciesService service) {
        return SolveMailboxInconsistenciesTaskDTO.module(service);
    }

    @ProvidesIntoSet
    TaskDTOModule<? extends Task, ? extends TaskDTO> recomputeCounters(RecomputeMailboxCountersService service) {
        return RecomputeMailboxCountersTaskDTO.module(service);
    }

    @ProvidesIntoSet
    TaskDTOModule<? extends Task, ? extends TaskDTO> solveMessages(SolveMessageInconsistenciesService service) {
        return SolveMessageInconsistenciesTaskDTO.module(service);
    }

    @ProvidesIntoSet
    TaskDTOModule<? extends Task, ? extends TaskDTO> solveMappings(MappingsSourcesMigration migration, CassandraMappingsSourcesDAO dao) {
        return CassandraMappingsSolveInconsistenciesTask.module(migration, dao);
    }

    @ProvidesIntoSet
    TaskDTOModule<? extends Task, ? extends TaskDTO> collectBlobs(BlobStoreDAO blobs, GenerationAwareBlobId.Factory ids,
            GenerationAwareBlobId.Configuration generations, Set<BlobReferenceSource> references, Clock clock) {
        return BlobGCTaskDTO.module(blobs, ids, generations, references, clock);
    }
}
