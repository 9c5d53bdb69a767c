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
 * Starts real Cassandra, OpenSearch and RabbitMQ processes for {@code ./james run --backend cassandra} and for tests.
 *
 * <p>{@link io.jamesext.stores.StoreProcesses} starts them in a data folder: Cassandra and OpenSearch from the class paths that Maven
 * resolved, RabbitMQ where it is installed. Each runs under a {@link io.jamesext.stores.SupervisedProcess} and answers when its
 * {@link io.jamesext.stores.SignOfLife} says so. {@link io.jamesext.stores.BuildStores} gives all tests of a Maven build the same three.
 *
 * <p>Invariants: everything listens on loopback; a store never outlives the process that started it; what a durable store has
 * acknowledged is there again after SIGKILL; no class of a store is on the class path of who uses it.
 */
@NullMarked
package io.jamesext.stores;

import org.jspecify.annotations.NullMarked;
