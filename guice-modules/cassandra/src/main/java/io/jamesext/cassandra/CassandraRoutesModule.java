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

import org.apache.james.backends.cassandra.migration.CassandraMigrationService;
import org.apache.james.backends.cassandra.migration.Migration;
import org.apache.james.backends.cassandra.migration.MigrationTask;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionManager;
import org.apache.james.backends.cassandra.versions.SchemaTransition;
import org.apache.james.backends.cassandra.versions.SchemaVersion;
import org.apache.james.mailbox.cassandra.mail.migration.AclV2Migration;
import org.apache.james.mailbox.cassandra.mail.migration.AttachmentMessageIdMigration;
import org.apache.james.mailbox.cassandra.mail.migration.MessageDenormalizationMigration;
import org.apache.james.mailbox.cassandra.mail.migration.MessageV3Migration;
import org.apache.james.mailbox.cassandra.mail.task.RecomputeMailboxCountersService;
import org.apache.james.mailbox.cassandra.mail.task.SolveMailboxInconsistenciesService;
import org.apache.james.mailbox.cassandra.mail.task.SolveMessageInconsistenciesService;
import org.apache.james.modules.blobstore.server.BlobRoutesModules;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.routes.CassandraMailboxMergingRoutes;
import org.apache.james.webadmin.routes.CassandraMappingsRoutes;
import org.apache.james.webadmin.routes.CassandraMigrationRoutes;
import org.apache.james.webadmin.routes.MailboxesRoutes;
import org.apache.james.webadmin.routes.MessagesRoutes;
import org.apache.james.webadmin.routes.RecomputeMailboxCountersRequestToTask;
import org.apache.james.webadmin.routes.SolveMailboxInconsistenciesRequestToTask;
import org.apache.james.webadmin.routes.SolveMessageInconsistenciesRequestToTask;
import org.apache.james.webadmin.tasks.TaskFromRequestRegistry.TaskRegistration;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Names;

/** What WebAdmin can do about the tables: upgrade the schema, mend what a crash left inconsistent, remove contents nobody refers to. */
final class CassandraRoutesModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new CassandraTasksModule());
        install(new BlobRoutesModules());
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(CassandraMigrationRoutes.class);
        routes.addBinding().to(CassandraMailboxMergingRoutes.class);
        routes.addBinding().to(CassandraMappingsRoutes.class);
        migrations();
        Schema.single(binder(), RecomputeMailboxCountersService.class, SolveMailboxInconsistenciesService.class,
            SolveMessageInconsistenciesService.class);
        Multibinder<TaskRegistration> mailboxes = tasks(MailboxesRoutes.ALL_MAILBOXES_TASKS);
        mailboxes.addBinding().to(SolveMailboxInconsistenciesRequestToTask.class);
        mailboxes.addBinding().to(RecomputeMailboxCountersRequestToTask.class);
        tasks(MessagesRoutes.ALL_MESSAGES_TASKS).addBinding().to(SolveMessageInconsistenciesRequestToTask.class);
    }

    private Multibinder<TaskRegistration> tasks(String name) {
        return Multibinder.newSetBinder(binder(), TaskRegistration.class, Names.named(name));
    }

    private void migrations() {
        bind(CassandraMigrationService.class).in(Singleton.class);
        bind(MigrationTask.Factory.class).to(MigrationTask.Impl.class).in(Singleton.class);
        bind(SchemaVersion.class).annotatedWith(Names.named(CassandraMigrationService.LATEST_VERSION))
            .toInstance(CassandraSchemaVersionManager.MAX_VERSION);
        MapBinder<SchemaTransition, Migration> migrations = MapBinder.newMapBinder(binder(), SchemaTransition.class, Migration.class);
        migrations.addBinding(to(9)).to(MessageV3Migration.class);
        migrations.addBinding(to(10)).to(AclV2Migration.class);
        migrations.addBinding(to(11)).to(MessageDenormalizationMigration.class);
        migrations.addBinding(to(12)).to(AttachmentMessageIdMigration.class);
    }

    private static SchemaTransition to(int version) {
        return SchemaTransition.to(new SchemaVersion(version));
    }
}
