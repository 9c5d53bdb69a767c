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

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A single-node OpenSearch 2.18 that keeps its data in a folder. */
public final class OpenSearchServer {
    private static final String TITLE = "OpenSearch";
    private static final String MAIN = "io.jamesext.opensearch.server.OpenSearchServer";

    private OpenSearchServer() {
    }

    /** Starts it and returns at once. */
    public static StoreProcess start(Project project, Path where, int port) {
        String classPath = project.openSearchClassPath();
        StorePorts.expectFree(Map.of(TITLE, port));
        Path folder = where.toAbsolutePath();
        Path logs = folder.resolve("logs");
        List<String> command = new ArrayList<>(List.of(Jvm.executable(), "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC",
            "-Djava.net.preferIPv4Stack=true",
            "-Dlog4j2.disable.jmx=true",
            "-Dopensearch.set.netty.runtime.available.processors=false",
            "-Dopensearch.logs=" + logs));
        command.addAll(Jvm.securityManager());
        command.addAll(List.of(MAIN, folder.toString(), Integer.toString(port)));
        SupervisedProcess process = SupervisedProcess.start(TITLE, folder, command, Map.of("CLASSPATH", classPath));
        return new StoreProcess(TITLE, process, logs.resolve("opensearch.log"), SignOfLife.openSearch(address(port)));
    }

    static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
