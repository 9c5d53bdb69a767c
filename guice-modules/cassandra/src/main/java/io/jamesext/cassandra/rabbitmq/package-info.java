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
/**
 * Several James nodes on one RabbitMQ: they share the mail queue, hear of each other's mailbox changes and run each other's tasks.
 *
 * <p>James's own queue, event bus and task manager do the work; {@link io.jamesext.cassandra.rabbitmq.RabbitMqModule} puts them on one
 * {@link io.jamesext.cassandra.rabbitmq.LastingConnection}, which outlives a restart of RabbitMQ:
 * <ol>
 * <li>the driver connects again and consumes again;</li>
 * <li>before it does, {@link io.jamesext.cassandra.rabbitmq.Topology} declares what RabbitMQ forgot: exchanges that are not durable,
 * queues that go with their consumer, and the bindings of every open folder;</li>
 * <li>mail that was being processed comes again, and is dropped where the mail queue view says that it was done.</li>
 * </ol>
 * So upstream's reconnection handlers are not used: they replace the connection, which in 3.8.1 loses key registrations.
 */
@NullMarked
package io.jamesext.cassandra.rabbitmq;

import org.jspecify.annotations.NullMarked;
