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

import java.util.List;
import java.util.Set;

import org.apache.james.eventsourcing.Event;
import org.apache.james.eventsourcing.eventstore.cassandra.EventNestedTypes;
import org.apache.james.eventsourcing.eventstore.cassandra.dto.EventDTO;
import org.apache.james.eventsourcing.eventstore.cassandra.dto.EventDTOModule;
import org.apache.james.json.DTO;
import org.apache.james.json.DTOConverter;
import org.apache.james.json.DTOModule;
import org.apache.james.modules.mailbox.ReIndexingTaskSerializationModule;
import org.apache.james.server.task.json.JsonTaskSerializer;
import org.apache.james.server.task.json.TaskModuleInjectionKeys;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.server.task.json.dto.TaskDTOModule;
import org.apache.james.task.Task;
import org.apache.james.task.TaskExecutionDetails.AdditionalInformation;
import org.apache.james.task.eventsourcing.distributed.TasksSerializationModule;
import org.apache.james.task.eventsourcing.distributed.TasksSerializationModule.TaskSerializationModuleFactory;

import com.google.common.collect.Sets;
import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Named;

/** How the events of a task are written to the event store and to RabbitMQ, with the task and what it tells about itself inside. */
final class TaskEventsModule extends AbstractModule {
    private static final List<TaskSerializationModuleFactory> EVENTS = List.of(TasksSerializationModule.CREATED,
        TasksSerializationModule.STARTED, TasksSerializationModule.UPDATED, TasksSerializationModule.COMPLETED,
        TasksSerializationModule.FAILED, TasksSerializationModule.CANCEL_REQUESTED, TasksSerializationModule.CANCELLED);

    @Override
    protected void configure() {
        // The other modules with tasks bring their serialization themselves.
        install(new ReIndexingTaskSerializationModule());
        Provider<JsonTaskSerializer> json = getProvider(JsonTaskSerializer.class);
        Provider<DTOConverter<AdditionalInformation, AdditionalInformationDTO>> information = getProvider(
            Key.get(new TypeLiteral<DTOConverter<AdditionalInformation, AdditionalInformationDTO>>() { }));
        Provider<DTOConverter<Task, TaskDTO>> task = getProvider(Key.get(new TypeLiteral<DTOConverter<Task, TaskDTO>>() { }));
        Multibinder<EventDTOModule<? extends Event, ? extends EventDTO>> events = Multibinder.newSetBinder(binder(),
            new TypeLiteral<EventDTOModule<? extends Event, ? extends EventDTO>>() { });
        EVENTS.forEach(event -> events.addBinding().toProvider(() -> event.create(json.get(), information.get(), task.get())));
    }

    @Provides
    @Named(EventNestedTypes.EVENT_NESTED_TYPES_INJECTION_NAME)
    Set<DTOModule<?, ? extends DTO>> nestedTypes(
            @Named(TaskModuleInjectionKeys.TASK_DTO) Set<TaskDTOModule<? extends Task, ? extends TaskDTO>> tasks,
            @Named(TaskModuleInjectionKeys.ADDITIONAL_INFORMATION_DTO)
                Set<AdditionalInformationDTOModule<? extends AdditionalInformation, ? extends AdditionalInformationDTO>> informations) {
        return Sets.union(tasks, informations);
    }
}
