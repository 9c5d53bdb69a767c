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
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.events.Registration;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.protocols.lib.netty.CertificateReloadable;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;

/** Starts and stops the Lemonade listeners of {@code lemonadeimapserver.xml}; for the code that wires this into James. */
public final class LemonadeImapServers {
    /** The configuration's name for James's {@code ConfigurationProvider} and {@code ProtocolConfigurationSanitizer}. */
    public static final String CONFIGURATION = ListenerConfiguration.NAME;

    private final LemonadeImapServerFactory factory;
    private final List<Registration> listening = new ArrayList<>();
    private boolean started;

    @Inject
    public LemonadeImapServers(LemonadeImapServerFactory factory) {
        this.factory = factory;
    }

    /**
     * Starts every enabled listener; none when the configuration is empty, as it is without a file.
     *
     * @throws ConfigurationException that names the file, the key and what was expected
     */
    public synchronized void start(HierarchicalConfiguration<ImmutableNode> configuration) throws Exception {
        for (Iterator<String> keys = configuration.getKeys(); keys.hasNext();) {
            String key = keys.next();
            if (!key.isEmpty() && !key.startsWith(CONFIGURATION + ".") && !key.startsWith(CONFIGURATION + "[")
                && !key.equals(CONFIGURATION)) {
                throw new ConfigurationException(CONFIGURATION + ".xml: unknown key `" + key + "`; expected <" + CONFIGURATION
                    + "> elements");
            }
        }
        factory.configure(configuration);
        if (!configuration.isEmpty()) {
            listening.addAll(factory.listen());
        }
        try {
            factory.init();
        } catch (Exception e) {
            stopListening();
            throw e;
        }
        started = true;
    }

    /** The listeners, for reloading their certificates and for the ports they got. */
    public Stream<AbstractConfigurableAsyncServer> listeners() {
        List<AbstractConfigurableAsyncServer> servers = factory.getServers();
        return servers == null ? Stream.empty() : servers.stream();
    }

    /** What reloads certificates. */
    public CertificateReloadable.Factory certificates() {
        return factory;
    }

    /** Stops all listeners. */
    public synchronized void stop() {
        if (started) {
            started = false;
            factory.destroy();
            stopListening();
        }
    }

    private void stopListening() {
        listening.forEach(registration -> Mono.from(registration.unregister()).block());
        listening.clear();
    }
}
