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

package io.jamesext.stores;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What stores are started for. */
public enum Purpose {
    /** Data that matters: a write that was acknowledged is on disk, so it survives SIGKILL and a loss of power. */
    KEEPING("commitlog_sync: batch", List.of()),
    /**
     * Tests, which start the stores often and throw the data away. Cassandra acknowledges a write at once; its commit log is brought in
     * order ten times a second and on disk every ten seconds, so SIGKILL costs the last tenth of a second.
     */
    TESTING("commitlog_sync: periodic\ncommitlog_sync_period: 10s", List.of("-XX:TieredStopAtLevel=1"));

    private final String cassandraCommitLog;
    private final List<String> jvmOptions;

    Purpose(String cassandraCommitLog, List<String> jvmOptions) {
        this.cassandraCommitLog = cassandraCommitLog;
        this.jvmOptions = jvmOptions;
    }

    /** The RabbitMQ to start beside Cassandra and OpenSearch. Tests start and kill one of their own, if any. */
    Optional<Path> rabbitMq() {
        return this == KEEPING ? RabbitMqServer.installed() : Optional.empty();
    }

    String cassandraCommitLog() {
        return cassandraCommitLog;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }
}
