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
package io.jamesext.kernel.server;

import java.util.List;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.protocols.lib.netty.AbstractServerFactory;

import com.github.fge.lambdas.Throwing;
import com.google.common.collect.ImmutableList;

/** Makes a protocol's servers, one for each element of its configuration file. */
public final class ExtensionServerFactory extends AbstractServerFactory {
    private final ProtocolFactory protocol;
    private final FileSystem fileSystem;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;

    /** For one protocol, on James's services. */
    public ExtensionServerFactory(ProtocolFactory protocol, FileSystem fileSystem, MetricFactory metrics, GaugeRegistry gauges) {
        this.protocol = protocol;
        this.fileSystem = fileSystem;
        this.metrics = metrics;
        this.gauges = gauges;
    }

    @Override
    protected List<AbstractConfigurableAsyncServer> createServers(HierarchicalConfiguration<ImmutableNode> configuration) {
        // All are checked before the first one binds.
        List<HierarchicalConfiguration<ImmutableNode>> elements = configuration.configurationsAt(protocol.serverName());
        elements.forEach(Throwing.consumer(element -> ConfigurationCheck.check(protocol, element)));
        if (!elements.isEmpty()) {
            protocol.starting();
        }
        return elements.stream()
            .map(Throwing.function(this::create).sneakyThrow())
            .collect(ImmutableList.toImmutableList());
    }

    @Override
    public void destroy() {
        super.destroy();
        if (!getServers().isEmpty()) {
            protocol.stopped();
        }
    }

    private AbstractConfigurableAsyncServer create(HierarchicalConfiguration<ImmutableNode> element) throws Exception {
        ExtensionServer server = new ExtensionServer(protocol, metrics, gauges);
        server.setFileSystem(fileSystem);
        server.configure(element);
        return server;
    }
}
