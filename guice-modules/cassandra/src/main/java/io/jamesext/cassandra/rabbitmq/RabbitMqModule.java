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

import com.google.inject.AbstractModule;

/**
 * Mail queue, event bus and task manager that all nodes on the same Cassandra and RabbitMQ share, by {@code rabbitmq.properties}.
 *
 * <p>To be used as {@code Modules.override(alone).with(new RabbitMqModule())}: it takes the place of the queue, the event bus and the task
 * manager of a node that runs alone, and of its empty set of nested event types.
 */
public final class RabbitMqModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new ConnectionModule());
        install(new MailQueueModule());
        install(new EventBusModule());
        install(new TaskManagerModule());
    }
}
