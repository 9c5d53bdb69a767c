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
package io.jamesext.cassandra.rabbitmq;

import org.apache.commons.configuration2.Configuration;
import org.apache.james.backends.cassandra.components.CassandraModule;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.modules.server.HostnameModule;
import org.apache.james.modules.server.TaskSerializationModule;
import org.apache.james.task.TaskManager;
import org.apache.james.task.eventsourcing.EventSourcingTaskManager;
import org.apache.james.task.eventsourcing.TaskExecutionDetailsProjection;
import org.apache.james.task.eventsourcing.TerminationSubscriber;
import org.apache.james.task.eventsourcing.WorkQueueSupplier;
import org.apache.james.task.eventsourcing.cassandra.CassandraTaskExecutionDetailsProjection;
import org.apache.james.task.eventsourcing.cassandra.CassandraTaskExecutionDetailsProjectionModule;
import org.apache.james.task.eventsourcing.distributed.CancelRequestQueueName;
import org.apache.james.task.eventsourcing.distributed.RabbitMQTerminationSubscriber;
import org.apache.james.task.eventsourcing.distributed.RabbitMQWorkQueueConfiguration;
import org.apache.james.task.eventsourcing.distributed.RabbitMQWorkQueueSupplier;
import org.apache.james.task.eventsourcing.distributed.TerminationQueueName;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import com.google.inject.name.Named;

/** Tasks that WebAdmin starts on one node run on any, one after the other, and every node knows how they are getting on. */
final class TaskManagerModule extends AbstractModule {
    /** RabbitMQ's name of the queue of tasks. */
    private static final String WORK = "taskManagerWorkQueue";

    @Override
    protected void configure() {
        install(new HostnameModule());
        install(new TaskSerializationModule());
        install(new TaskEventsModule());
        bind(CassandraTaskExecutionDetailsProjection.class).in(Scopes.SINGLETON);
        bind(TaskExecutionDetailsProjection.class).to(CassandraTaskExecutionDetailsProjection.class);
        bind(RabbitMQWorkQueueSupplier.class).in(Scopes.SINGLETON);
        bind(WorkQueueSupplier.class).to(RabbitMQWorkQueueSupplier.class);
        bind(RabbitMQTerminationSubscriber.class).in(Scopes.SINGLETON);
        bind(TerminationSubscriber.class).to(RabbitMQTerminationSubscriber.class);
        bind(EventSourcingTaskManager.class).in(Scopes.SINGLETON);
        bind(TaskManager.class).to(EventSourcingTaskManager.class);
        bind(CancelRequestQueueName.class).toInstance(CancelRequestQueueName.generate());
        bind(TerminationQueueName.class).toInstance(TerminationQueueName.generate());
        Multibinder.newSetBinder(binder(), CassandraModule.class).addBinding()
            .toInstance(CassandraTaskExecutionDetailsProjectionModule.MODULE());
    }

    @Provides
    @Singleton
    RabbitMQWorkQueueConfiguration consumption(@Named(ConnectionModule.FILE) Configuration file) {
        return RabbitMQWorkQueueConfiguration.from(file);
    }

    @ProvidesIntoSet
    InitializationOperation startTerminations(RabbitMQTerminationSubscriber terminations) {
        return InitilizationOperationBuilder.forClass(RabbitMQTerminationSubscriber.class).init(terminations::start);
    }

    @ProvidesIntoSet
    InitializationOperation startTasks(EventSourcingTaskManager tasks) {
        return InitilizationOperationBuilder.forClass(EventSourcingTaskManager.class).init(tasks::start);
    }

    @ProvidesIntoSet
    HealthCheck consumers(LastingConnection connection) {
        return new ConsumersHealthCheck("TaskManagerConsumers", WORK, connection);
    }
}
