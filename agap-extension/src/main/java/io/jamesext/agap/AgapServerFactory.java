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
package io.jamesext.agap;

import java.util.Map;

import com.google.inject.Inject;

import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.kernel.server.ProtocolFactory;
import io.jamesext.kernel.server.ServerSettings;

/** AGAP servers: {@code agapserver.xml}. */
public final class AgapServerFactory implements ProtocolFactory {
    /** Ours: the draft names no port. */
    private static final int DEFAULT_PORT = 11030;

    private final AgapServices services;
    private final AgapOperations operations;

    /** On James's services and ours. */
    @Inject
    public AgapServerFactory(AgapServices services) {
        this.services = services;
        this.operations = new AgapOperations(services);
    }

    @Override
    public String serverName() {
        return "agapserver";
    }

    @Override
    public int defaultPort() {
        return DEFAULT_PORT;
    }

    @Override
    public void starting() {
        services.events().begin();
    }

    @Override
    public void stopped() {
        services.events().end();
        services.states().end();
    }

    @Override
    public Map<String, ConfigurationCheck.Kind> keys() {
        return AgapSettings.KEYS;
    }

    @Override
    public Protocol<?, ?, ?> create(ServerSettings settings) {
        LogIn logIn = services.authentication().logIn(settings);
        AgapSettings own = AgapSettings.of(settings.configuration());
        return new AgapProtocol(operations.table(logIn, own), own, settings.helloName());
    }
}
