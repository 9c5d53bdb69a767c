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
package io.jamesext.ximss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;

import io.jamesext.kernel.auth.BearerTokens;
import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.kernel.server.ProtocolFactory;
import io.jamesext.kernel.server.ServerConnections;
import io.jamesext.kernel.server.ServerSettings;
import io.jamesext.kernel.server.Transport;
import io.jamesext.ximss.folder.StoredMessages;
import io.jamesext.ximss.http.HttpTransport;
import io.jamesext.ximss.session.XimssSessions;
import io.jamesext.ximss.upload.UploadFolder;

/** Makes XIMSS servers from {@code ximssserver.xml}. */
public final class XimssServerFactory implements ProtocolFactory {
    /** CommuniGate's own default. */
    private static final int DEFAULT_PORT = 11024;
    /** Each is a row that is read. */
    private static final Duration BETWEEN_PASSWORD_CHECKS = Duration.ofMinutes(1);

    private final XimssServices services;
    private final UploadFolder uploads = UploadFolder.ofMachine();
    private final XimssSessions sessions;

    /** On these services. */
    @Inject
    public XimssServerFactory(XimssServices services) {
        this(services, BETWEEN_PASSWORD_CHECKS);
    }

    XimssServerFactory(XimssServices services, Duration betweenPasswordChecks) {
        this.services = services;
        this.sessions = new XimssSessions(uploads, services.users(), betweenPasswordChecks);
    }

    @Override
    public String serverName() {
        return "ximssserver";
    }

    @Override
    public int defaultPort() {
        return DEFAULT_PORT;
    }

    @Override
    public Map<String, ConfigurationCheck.Kind> keys() {
        return ImmutableMap.<String, ConfigurationCheck.Kind>builder()
            .put(XimssSettings.TRANSPORT, ConfigurationCheck.Kind.of("tcp or http", "tcp|http"))
            .put(XimssSettings.MAX_REQUEST_BYTES, ConfigurationCheck.Kind.NUMBER)
            .put(XimssSettings.TIME_ZONE, ConfigurationCheck.Kind.TEXT)
            .put(ServiceSettings.SKINS, ConfigurationCheck.Kind.TEXT)
            .put(ServiceSettings.DICTIONARIES, ConfigurationCheck.Kind.TEXT)
            .put(ServiceSettings.WEB_PORTS, ServiceSettings.PORTS)
            .put(ServiceSettings.WEB_REFUSED, ConfigurationCheck.Kind.TEXT)
            .put(XimssSettings.SIGNUP, ConfigurationCheck.Kind.BOOLEAN)
            .putAll(BearerTokens.KEYS)
            .build();
    }

    @Override
    public Protocol<?, ?, ?> create(ServerSettings settings) {
        return protocol(XimssSettings.of(settings));
    }

    @Override
    public Transport transport(ServerSettings server, ServerConnections connections) {
        XimssSettings settings = XimssSettings.of(server);
        XimssProtocol protocol = protocol(settings);
        if (!settings.overHttp()) {
            return connections.of(protocol);
        }
        try {
            uploads.open();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no folder for uploaded files", e);
        }
        return new HttpTransport(connections, protocol, sessions, new StoredMessages(services.mailboxes()), settings.maxRequestBytes());
    }

    private XimssProtocol protocol(XimssSettings settings) {
        return new XimssProtocol(services, settings, sessions);
    }
}
