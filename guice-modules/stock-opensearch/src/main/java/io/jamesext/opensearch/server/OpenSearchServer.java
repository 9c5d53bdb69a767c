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

package io.jamesext.opensearch.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.logging.log4j.LogManager;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.join.ParentJoinPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * A single-node OpenSearch on loopback that keeps its data in a folder: {@code OpenSearchServer FOLDER HTTP-PORT}. Ends cleanly on
 * SIGTERM; what it has acknowledged is on disk even after SIGKILL, as its translog is synced with each request.
 */
public final class OpenSearchServer extends Node {
    /** What the distribution has as modules, as far as mail search needs it. */
    private static final List<Class<? extends Plugin>> MODULES = List.of(Netty4Plugin.class, CommonAnalysisPlugin.class,
        ReindexPlugin.class, ParentJoinPlugin.class, PainlessPlugin.class, MapperExtrasPlugin.class);
    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);

    private OpenSearchServer(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "jamesext"), MODULES, true);
    }

    /** Starts the node; the process then lives until it is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: OpenSearchServer FOLDER HTTP-PORT");
            System.exit(2);
        }
        OpenSearchServer server = new OpenSearchServer(settings(Path.of(arguments[0]).toAbsolutePath(), arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
        try {
            server.start();
            // All threads of a node are daemons.
            server.ended.await();
        } catch (NodeValidationException | RuntimeException e) {
            LogManager.getLogger(OpenSearchServer.class).error("OpenSearch could not start", e);
            System.exit(1);
        }
    }

    private static Settings settings(Path folder, String httpPort) {
        return Settings.builder()
            .put("cluster.name", "jamesext")
            .put("path.home", folder)
            .put("path.data", folder.resolve("data"))
            .put("path.logs", folder.resolve("logs"))
            .put("network.host", "127.0.0.1")
            .put("http.port", httpPort)
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            // Any: nobody else joins a single node.
            .put("transport.port", "0")
            .put("discovery.type", "single-node")
            // A developer's disk is often fuller than the 85 % from which OpenSearch refuses new shards.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    }

    /** Without this the node would announce an identity to a logging configuration that only the distribution has. */
    @Override
    protected void configureNodeAndClusterIdStateListener(ClusterService clusterService) {
    }

    private void stop() {
        try {
            close();
            awaitClose(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            LogManager.getLogger(OpenSearchServer.class).error("OpenSearch did not end cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LogManager.shutdown();
            ended.countDown();
        }
    }
}
