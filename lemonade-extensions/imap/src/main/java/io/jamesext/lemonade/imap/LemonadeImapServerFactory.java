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

package io.jamesext.lemonade.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.events.EventListener;
import org.apache.james.events.Registration;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.protocols.lib.netty.AbstractServerFactory;

import com.google.inject.Inject;

import io.jamesext.converter.Converter;
import io.jamesext.lemonade.imap.convert.ConvertService;
import io.jamesext.urlauth.MailboxKeyRemoval;
import io.jamesext.urlauth.UrlServer;

/**
 * Makes a server of every {@code <lemonadeimapserver>} element. James's own factory is not extended: it wants its processors made outside.
 */
public final class LemonadeImapServerFactory extends AbstractServerFactory {
    private final FileSystem fileSystem;
    private final ImapServices services;
    private final GaugeRegistry gauges;
    private final ImapMetrics metrics;
    private final List<Converter> converters = new ArrayList<>();

    @Inject
    public LemonadeImapServerFactory(FileSystem fileSystem, ImapServices services, GaugeRegistry gauges) {
        this.fileSystem = fileSystem;
        this.services = services;
        this.gauges = gauges;
        this.metrics = new ImapMetrics(services.metricFactory());
    }

    /** Lets the tables hear of James's events, once for all listeners. */
    List<Registration> listen() {
        Stream<EventListener.GroupEventListener> tables = Stream.of(services.expungeListener(), services.watches(),
            new MailboxKeyRemoval(services.mailboxKeys()));
        return Stream.concat(tables, services.mailboxes().threads().stream()).map(services.listeners()::register).toList();
    }

    @Override
    protected List<AbstractConfigurableAsyncServer> createServers(HierarchicalConfiguration<ImmutableNode> config) throws Exception {
        List<AbstractConfigurableAsyncServer> servers = new ArrayList<>();
        // All are checked before one is made: a slip in the last listener must not leave the first one running.
        List<HierarchicalConfiguration<ImmutableNode>> listeners = config.configurationsAt(ListenerConfiguration.NAME);
        for (HierarchicalConfiguration<ImmutableNode> listener : listeners) {
            ListenerConfiguration.prepare(listener);
        }
        for (HierarchicalConfiguration<ImmutableNode> listener : listeners) {
            UrlServer urlServer = UrlServerConfiguration.read(listener);
            services.urlServers().add(urlServer);
            Converter converter = new Converter(ConvertConfiguration.converter(listener));
            converters.add(converter);
            LemonadeImapServer server = new LemonadeImapServer(new LemonadeImapPackage(services, urlServer,
                new ConvertService(converter, ConvertConfiguration.limits(listener))), metrics, gauges);
            server.setFileSystem(fileSystem);
            server.configure(listener);
            servers.add(server);
        }
        return servers;
    }

    /** Also ends the processes that convert. */
    @Override
    public void destroy() {
        super.destroy();
        converters.forEach(Converter::close);
        converters.clear();
    }
}
