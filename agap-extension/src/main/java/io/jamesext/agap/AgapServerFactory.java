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

import com.google.inject.Inject;

import io.jamesext.kernel.auth.Authentication;
import io.jamesext.kernel.auth.LogIn;
import io.jamesext.kernel.server.Protocol;
import io.jamesext.kernel.server.ProtocolFactory;
import io.jamesext.kernel.server.ServerSettings;

/** AGAP servers: {@code agapserver.xml}. */
public final class AgapServerFactory implements ProtocolFactory {
    /** Ours: the draft names no port. */
    private static final int DEFAULT_PORT = 11030;

    private final AgapOperations operations;
    private final Authentication authentication;

    /** With the commands and James's users. */
    @Inject
    public AgapServerFactory(AgapOperations operations, Authentication authentication) {
        this.operations = operations;
        this.authentication = authentication;
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
    public Protocol<?, ?, ?> create(ServerSettings settings) {
        LogIn logIn = authentication.logIn(settings);
        return new AgapProtocol(operations.table(logIn), settings.helloName());
    }
}
