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
package io.jamesext.kernel.auth;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What authentication needs to know of a connection.
 *
 * @param address where the client is
 * @param encrypted true when the bytes cross the wire under TLS
 * @param tls what SCRAM may bind a log-in to; empty where a protocol does not offer that
 */
public record Client(InetAddress address, boolean encrypted, Optional<TlsChannel> tls) {
    /** One of a protocol without channel binding. */
    public Client(InetAddress address, boolean encrypted) {
        this(address, encrypted, Optional.empty());
    }
}
