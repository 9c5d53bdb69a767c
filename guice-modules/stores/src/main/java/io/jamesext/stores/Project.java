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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The project's folder, below which the build has left the class paths of the stores.
 *
 * @param folder that holds the parent pom
 */
public record Project(Path folder) {
    private static final String PROPERTY = "jamesext.project";
    private static final String CASSANDRA = "guice-modules/stock-cassandra/target/cassandra.classpath";
    private static final String OPENSEARCH = "guice-modules/stock-opensearch/target/opensearch.classpath";
    private static final String OPENSEARCH_CLASSES = "guice-modules/stock-opensearch/target/classes";
    static final String REBUILD = "Build it again: mvn -B -ntp package -DskipTests";

    public Project {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The folder that the system property {@code jamesext.project} names, or else the nearest one above this process's own. */
    public static Project find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Project(Path.of(named));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("guice-modules/stock-cassandra/pom.xml"))) {
                return new Project(folder);
            }
        }
        throw new LaunchFailure("The project's folder is not above " + Path.of("").toAbsolutePath(),
            "Name it with -D" + PROPERTY + "=DIR");
    }

    String cassandraClassPath() {
        return classPath("Cassandra", CASSANDRA);
    }

    String openSearchClassPath() {
        return folder.resolve(OPENSEARCH_CLASSES) + File.pathSeparator + classPath("OpenSearch", OPENSEARCH);
    }

    private String classPath(String title, String file) {
        String classPath;
        try {
            classPath = Files.readString(folder.resolve(file)).strip();
        } catch (IOException e) {
            throw new LaunchFailure("The class path of " + title + " is missing: " + folder.resolve(file), REBUILD, e);
        }
        Arrays.stream(classPath.split(File.pathSeparator)).filter(jar -> !Files.exists(Path.of(jar))).findFirst().ifPresent(jar -> {
            throw new LaunchFailure("The class path of " + title + " names " + jar + ", which is not there", REBUILD);
        });
        return classPath;
    }
}
