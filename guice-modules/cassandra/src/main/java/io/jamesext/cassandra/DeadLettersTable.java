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

import org.apache.james.backends.cassandra.components.CassandraModule;

import com.datastax.oss.driver.api.core.type.DataTypes;

/**
 * The table of dead letters: a partition per group of listeners. Its name and columns are upstream's; upstream's second table, which
 * repeats the groups, is not needed because the groups are the distinct partitions of this one.
 */
interface DeadLettersTable {
    String NAME = "event_dead_letters";
    String GROUP = "group";
    String INSERTION_ID = "insertionId";
    String EVENT = "event";

    CassandraModule TABLE = CassandraModule.table(NAME)
        .comment("Events that a group of listeners failed to handle")
        .statement(statement -> types -> statement
            .withPartitionKey(GROUP, DataTypes.TEXT)
            .withClusteringColumn(INSERTION_ID, DataTypes.UUID)
            .withColumn(EVENT, DataTypes.TEXT))
        .build();
}
