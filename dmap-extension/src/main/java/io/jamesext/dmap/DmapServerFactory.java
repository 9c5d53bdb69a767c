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
package io.jamesext.dmap;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;

import io.jamesext.dmap.auth.DmapAuthentication;
import io.jamesext.dmap.auth.Mechanisms;
import io.jamesext.dmap.wire.Limits;
import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.ProtocolFactory;
import io.jamesext.kernel.server.ServerSettings;

/** Makes DMAP servers from {@code dmapserver.xml}. */
public final class DmapServerFactory implements ProtocolFactory {
    private static final int DEFAULT_PORT = 11040;
    private static final String MAX_LITERAL = "maxLiteralBytes";
    private static final int DEFAULT_MAX_LITERAL = 64 * 1024;
    private static final String MAX_COMMAND = "maxCommandBytes";
    private static final int DEFAULT_MAX_COMMAND = 128 * 1024;

    private static final String MAX_MESSAGE = "maxMessageBytes";
    private static final int DEFAULT_MAX_MESSAGE = 50 * 1024 * 1024;

    private final DmapServices services;

    /** On James's services and ours. */
    @Inject
    public DmapServerFactory(DmapServices services) {
        this.services = services;
    }

    @Override
    public String serverName() {
        return "dmapserver";
    }

    @Override
    public int defaultPort() {
        return DEFAULT_PORT;
    }

    /** Draft section 2: "any DMAP connection is always protected by TLS"; section 3.2: from the first byte. */
    @Override
    public boolean requiresTls() {
        return true;
    }

    /** CREF2. The draft names none, and none is registered. */
    @Override
    public Optional<String> tlsName() {
        return Optional.of("dmap");
    }

    /** Draft section 6.4: "at least 30 minutes". */
    @Override
    public Duration idleTimeout() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Map<String, ConfigurationCheck.Kind> keys() {
        return ImmutableMap.<String, ConfigurationCheck.Kind>builder()
            .putAll(DmapAuthentication.KEYS)
            .put(MAX_LITERAL, ConfigurationCheck.Kind.NUMBER)
            .put(MAX_COMMAND, ConfigurationCheck.Kind.NUMBER)
            .put(MAX_MESSAGE, ConfigurationCheck.Kind.NUMBER)
            .build();
    }

    @Override
    public void starting() {
        services.events().begin();
    }

    @Override
    public void stopped() {
        services.events().end();
    }

    @Override
    public DmapProtocol create(ServerSettings settings) {
        Mechanisms mechanisms = services.authentication().mechanisms(settings);
        Capabilities capabilities = new Capabilities(mechanisms, services.dime().modes(), services.submissions().canHold());
        Limits limits = new Limits(
            settings.configuration().getInt(MAX_LITERAL, DEFAULT_MAX_LITERAL),
            settings.configuration().getInt(MAX_COMMAND, DEFAULT_MAX_COMMAND),
            settings.configuration().getInt(MAX_MESSAGE, DEFAULT_MAX_MESSAGE));
        return new DmapProtocol(new DmapOperations(services).of(mechanisms, capabilities), capabilities, limits);
    }
}
