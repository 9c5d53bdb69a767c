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

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes a {@link Protocol} for each configured server. The bundle injects one for each protocol. */
public interface ProtocolFactory {
    /** The protocol's name in James's way: {@code ximssserver} is the file {@code ximssserver.xml} and its elements. */
    String serverName();

    /** The port when the configuration names none. */
    int defaultPort();

    /** True when the protocol has no clear-text form at all: the configuration must then turn on {@code tls socketTLS}. */
    default boolean requiresTls() {
        return false;
    }

    /** The name that TLS negotiates (ALPN, RFC 7301) where a connection begins with it; empty for a protocol that has none. */
    default Optional<String> tlsName() {
        return Optional.empty();
    }

    /**
     * How long a connection may be silent when the configuration has no {@code connectiontimeout}. XIMSS, "Protocol and Message
     * Syntax", closes after ten minutes without a command; so does every protocol that asks for nothing else.
     */
    default Duration idleTimeout() {
        return Duration.ofMinutes(10);
    }

    /** The keys that the protocol knows beside those of every server. */
    default Map<String, ConfigurationCheck.Kind> keys() {
        return Map.of();
    }

    /** Called before the first server of the protocol is made: where one is configured, what works beside the servers begins here. */
    default void starting() {
    }

    /** Called after all servers of the protocol have stopped. */
    default void stopped() {
    }

    /** The protocol for one server with these settings. */
    Protocol<?, ?, ?> create(ServerSettings settings);

    /** How that server speaks it: one session on each connection, where a protocol says nothing else. */
    default Transport transport(ServerSettings settings, ServerConnections connections) {
        return connections.of(create(settings));
    }
}
