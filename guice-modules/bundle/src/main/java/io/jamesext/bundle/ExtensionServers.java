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

package io.jamesext.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.annotation.PreDestroy;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.utils.UserDefinedStartable;

import com.google.inject.Inject;

import io.jamesext.kernel.server.ExtensionServerFactory;
import io.jamesext.kernel.server.ProtocolFactory;
import io.jamesext.lemonade.imap.LemonadeImapServers;

/**
 * Starts the servers of each protocol whose configuration file is in James's {@code conf/}: no file, no server. Named in
 * {@code conf/extensions.properties} as {@code guice.extension.startable}.
 */
public final class ExtensionServers implements UserDefinedStartable {
    private final Set<ProtocolFactory> protocols;
    private final LemonadeImapServers imap;
    private final ServerConfigurations configurations;
    private final FileSystem fileSystem;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;
    private final List<ExtensionServerFactory> started = new ArrayList<>();

    @Inject
    public ExtensionServers(Set<ProtocolFactory> protocols, LemonadeImapServers imap, ServerConfigurations configurations,
                            FileSystem fileSystem, MetricFactory metrics, GaugeRegistry gauges) {
        this.protocols = protocols;
        this.imap = imap;
        this.configurations = configurations;
        this.fileSystem = fileSystem;
        this.metrics = metrics;
        this.gauges = gauges;
    }

    @Override
    public void start() {
        for (ProtocolFactory protocol : protocols) {
            start(protocol.serverName(), configuration -> {
                ExtensionServerFactory factory = new ExtensionServerFactory(protocol, fileSystem, metrics, gauges);
                factory.configure(configuration);
                factory.init();
                started.add(factory);
            });
        }
        start(LemonadeImapServers.CONFIGURATION, imap::start);
    }

    /** Called by James when it stops. */
    @PreDestroy
    public void stop() {
        started.forEach(ExtensionServerFactory::destroy);
        imap.stop();
    }

    private interface Start {
        void with(HierarchicalConfiguration<ImmutableNode> configuration) throws Exception;
    }

    private void start(String name, Start start) {
        try {
            Optional<HierarchicalConfiguration<ImmutableNode>> configuration = configurations.of(name);
            if (configuration.isPresent()) {
                start.with(configuration.get());
            }
        } catch (Exception e) {
            // James logs it and ends. Its message is the last that the operator reads, so it says what to look at.
            throw new IllegalStateException(name + " cannot start: " + e.getMessage(), e);
        }
    }
}
