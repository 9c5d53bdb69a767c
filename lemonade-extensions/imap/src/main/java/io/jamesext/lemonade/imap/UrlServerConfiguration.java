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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.Username;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.ConfigurationCheck.Kind;
import io.jamesext.urlauth.UrlServer;

/**
 * The {@code urlauth} keys of a listener: for which server URLs are authorised, and which users are applications. Without
 * {@code urlauth.hosts} the server is called by James's {@code helloName}, at the default port and at those the listener is bound to, and
 * {@code localhost} where it is bound to the loopback.
 */
final class UrlServerConfiguration {
    private static final String HOSTS = "urlauth.hosts";
    private static final String SUBMIT_USERS = "urlauth.submitUsers";
    private static final String STREAM_USERS = "urlauth.streamUsers";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Kind HOST_NAMES = Kind.of("HOST or HOST:PORT, several separated by commas",
        "\\s*[A-Za-z0-9._~\\[\\]:-]+(\\s*,\\s*[A-Za-z0-9._~\\[\\]:-]+)*\\s*");

    /** What the file may say. */
    static final Map<String, Kind> KEYS = ImmutableMap.of(HOSTS, HOST_NAMES, SUBMIT_USERS, Kind.TEXT, STREAM_USERS, Kind.TEXT);

    private UrlServerConfiguration() {
    }

    static UrlServer read(HierarchicalConfiguration<ImmutableNode> listener) throws ConfigurationException {
        Set<String> hosts = new LinkedHashSet<>(list(listener, HOSTS));
        if (hosts.isEmpty()) {
            String name = helloName(listener);
            hosts.add(name);
            for (String address : list(listener, "bind")) {
                int colon = address.lastIndexOf(':');
                hosts.add(name + address.substring(colon));
                if (LOOPBACK.contains(address.substring(0, colon))) {
                    hosts.add(address);
                    hosts.add("localhost" + address.substring(colon));
                }
            }
        }
        return new UrlServer(hosts, users(listener, SUBMIT_USERS), users(listener, STREAM_USERS));
    }

    private static String helloName(HierarchicalConfiguration<ImmutableNode> listener) {
        if (!listener.getBoolean("helloName.[@autodetect]", true)) {
            return listener.getString("helloName", "localhost");
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static Set<Username> users(HierarchicalConfiguration<ImmutableNode> listener, String key) throws ConfigurationException {
        Set<Username> users = new LinkedHashSet<>();
        for (String name : list(listener, key)) {
            try {
                users.add(Username.of(name));
            } catch (IllegalArgumentException e) {
                throw ConfigurationCheck.bad(ListenerConfiguration.NAME, key, name, "names of users, separated by commas");
            }
        }
        return users;
    }

    private static List<String> list(HierarchicalConfiguration<ImmutableNode> listener, String key) {
        return Splitter.on(',').trimResults().omitEmptyStrings().splitToList(listener.getString(key, ""));
    }
}
