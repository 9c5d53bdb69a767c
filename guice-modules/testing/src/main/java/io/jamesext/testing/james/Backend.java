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

package io.jamesext.testing.james;

import java.util.List;
import java.util.Locale;

import com.google.common.collect.ImmutableList;

/** What James keeps its mail on: each is a server program of its own with a class path of its own, below the project's folder. */
public enum Backend {
    /** The stock memory server. */
    MEMORY("org.apache.james.MemoryJamesServerMain", "guice-modules/stock-james/target/james.classpath"),
    /** The server of {@code guice-modules/cassandra}, on Cassandra and OpenSearch, and on RabbitMQ where there is one. */
    CASSANDRA("io.jamesext.cassandra.CassandraJamesServerMain", "guice-modules/cassandra/target/james.classpath",
        "guice-modules/cassandra/target/classes");

    private final String mainClass;
    private final String classPathFile;
    private final List<String> classes;

    Backend(String mainClass, String classPathFile, String... classes) {
        this.mainClass = mainClass;
        this.classPathFile = classPathFile;
        this.classes = ImmutableList.copyOf(classes);
    }

    /** The name of a folder for it. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    String mainClass() {
        return mainClass;
    }

    /** The file in which the build has noted the class path of its libraries. */
    String classPathFile() {
        return classPathFile;
    }

    /** What stands before its libraries. */
    List<String> classes() {
        return classes;
    }
}
