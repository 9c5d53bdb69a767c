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
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A single-node Cassandra 4.1 that keeps its data in a folder. James 3.8.1 sends CQL that 5.0 refuses. */
public final class CassandraServer {
    private static final String TITLE = "Cassandra";

    private CassandraServer() {
    }

    /** Starts it and returns at once. */
    public static StoreProcess start(Project project, Path where, int port, int internalPort, Purpose purpose) {
        if (!Jvm.hasSecurityManager()) {
            throw new LaunchFailure("Cassandra 4.1 does not run on Java " + Runtime.version().feature(),
                "Set JAVA_HOME to a JDK 17 or 21, or use a Cassandra of your own: --cassandra HOST:PORT");
        }
        String classPath = project.cassandraClassPath();
        StorePorts.expectFree(Map.of(TITLE, port, "Cassandra's internal port", internalPort));
        Path folder = where.toAbsolutePath();
        Resources.write("cassandra.yaml", folder.resolve("conf/cassandra.yaml"), Map.of(
            "data", folder.resolve("data"), "port", port, "internalPort", internalPort, "commitLog", purpose.cassandraCommitLog()));
        Resources.write("cassandra-logback.xml", folder.resolve("conf/logback.xml"), Map.of("logs", folder.resolve("logs")));
        SupervisedProcess process = SupervisedProcess.start(TITLE, folder, command(folder, classPath, purpose),
            Map.of("CLASSPATH", classPath));
        return new StoreProcess(TITLE, process, folder.resolve("logs/cassandra.log"),
            SignOfLife.cassandra(new InetSocketAddress("127.0.0.1", port)));
    }

    private static List<String> command(Path folder, String classPath, Purpose purpose) {
        List<String> command = new ArrayList<>(List.of(Jvm.executable(), "-Xms128m", "-Xmx512m", "-Xss512k", "-XX:+UseSerialGC",
            "-javaagent:" + jamm(classPath),
            "-Djdk.attach.allowAttachSelf=true",
            "-Djava.net.preferIPv4Stack=true",
            "-Dlogback.configurationFile=" + folder.resolve("conf/logback.xml"),
            "-Dcassandra.config=" + folder.resolve("conf/cassandra.yaml").toUri(),
            "-Dcassandra.storagedir=" + folder.resolve("data"),
            "-Dcassandra-foreground=yes",
            // There is no other node to wait for.
            "-Dcassandra.skip_wait_for_gossip_to_settle=0", "-Dcassandra.ring_delay_ms=0", "-Dcassandra.load_ring_state=false",
            "-Dcassandra.superuser_setup_delay_ms=0"));
        command.addAll(purpose.jvmOptions());
        command.addAll(Jvm.securityManager());
        command.addAll(Jvm.cassandraOpens());
        command.add("org.apache.cassandra.service.CassandraDaemon");
        return command;
    }

    /** The agent with which Cassandra measures its memtables. */
    private static String jamm(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
            .filter(jar -> Path.of(jar).getFileName().toString().startsWith("jamm-"))
            .findFirst()
            .orElseThrow(() -> new LaunchFailure("The class path of Cassandra lacks jamm", Project.REBUILD));
    }
}
