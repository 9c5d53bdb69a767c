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
package io.jamesext.dmap.dmtp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.google.inject.Inject;

import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.ProtocolFactory;
import io.jamesext.kernel.server.ServerSettings;

/** Makes DMTP servers from {@code dmtpserver.xml}. */
public final class DmtpServerFactory implements ProtocolFactory {
    /** What TLS calls DMTP (ALPN); not registered. */
    public static final String TLS_NAME = "dmtp";
    private static final int DEFAULT_PORT = 11041;
    private static final String MAX_MESSAGE = "maxMessageBytes";
    /** Twice as much is less than what {@link Acceptance} may have in memory: a larger one could never be taken. */
    private static final ConfigurationCheck.Kind MESSAGE_BYTES = ConfigurationCheck.Kind.of("a whole number of at most 99999999",
        "\\d{1,8}");
    private static final int DEFAULT_MAX_MESSAGE = 50 * 1024 * 1024;
    private static final String MAX_LOOKUPS = "maxLookupsPerMinute";
    private static final int DEFAULT_MAX_LOOKUPS = 120;

    private final DmtpServices services;

    /** On James's services and ours. */
    @Inject
    public DmtpServerFactory(DmtpServices services) {
        this.services = services;
    }

    @Override
    public String serverName() {
        return "dmtpserver";
    }

    @Override
    public int defaultPort() {
        return DEFAULT_PORT;
    }

    /** Of the ways that DMTP could be spoken, this is the one under TLS from the first octet. */
    @Override
    public boolean requiresTls() {
        return true;
    }

    /** So that nobody can lead a client of another protocol here (RFC 7301). */
    @Override
    public Optional<String> tlsName() {
        return Optional.of(TLS_NAME);
    }

    /** RFC 5321 section 4.5.3.2.7. */
    @Override
    public Duration idleTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Map<String, ConfigurationCheck.Kind> keys() {
        return Map.of(MAX_MESSAGE, MESSAGE_BYTES, MAX_LOOKUPS, ConfigurationCheck.Kind.NUMBER);
    }

    @Override
    public DmtpProtocol create(ServerSettings settings) {
        long maxMessageBytes = settings.configuration().getLong(MAX_MESSAGE, DEFAULT_MAX_MESSAGE);
        LookupRate rate = new LookupRate(settings.configuration().getInt(MAX_LOOKUPS, DEFAULT_MAX_LOOKUPS));
        String host = settings.helloName();
        return new DmtpProtocol(new Operations<>(DmtpOperations.of(services, host, maxMessageBytes, rate)), host, maxMessageBytes);
    }
}
