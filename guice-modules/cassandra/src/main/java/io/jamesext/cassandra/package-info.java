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
 * A James on Cassandra, as upstream's Guice assembly puts it together, for the bundle to be dropped into.
 *
 * <p>{@link io.jamesext.cassandra.Choices} reads what the configuration files ask for; {@link io.jamesext.cassandra.StorageModules} are
 * the stores and the mailbox layer, which tests use inside their own JVM; the server adds protocols, mailets, the mail queue and WebAdmin
 * ({@link io.jamesext.cassandra.CassandraJamesServerMain}). Each module is one subject: its tables, its DAOs, its bindings. All tables are
 * created before anybody has the session. Without RabbitMQ the queue is on this node's disk and events stay in this process.
 */
@NullMarked
package io.jamesext.cassandra;

import org.jspecify.annotations.NullMarked;
