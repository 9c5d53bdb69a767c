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


package io.jamesext.urlauth;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.inject.Inject;

/** The servers that the IMAP listeners of this James are, so that its submission server knows which URLs it can open itself. */
public final class UrlServers {
    private final List<UrlServer> servers = new CopyOnWriteArrayList<>();

    @Inject
    public UrlServers() {
    }

    public void add(UrlServer server) {
        servers.add(server);
    }

    /** The server that a URL is for, if it is one of this James. */
    public Optional<UrlServer> of(Authority authority) {
        return servers.stream().filter(server -> server.is(authority)).findFirst();
    }

    /** All their names, some with a port. */
    public List<String> hosts() {
        return servers.stream().flatMap(server -> server.hosts().stream()).distinct().sorted().toList();
    }
}
