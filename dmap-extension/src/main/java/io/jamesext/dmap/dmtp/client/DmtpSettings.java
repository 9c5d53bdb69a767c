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
package io.jamesext.dmap.dmtp.client;

import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;

import io.jamesext.dmap.dime.VerifyingKey;
import io.jamesext.dmap.dmtp.Domains;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * The element {@code dmtp} of {@code dime.xml}: which servers are asked for which domains, beside what the DNS says.
 *
 * @param routes by domain, in lower case
 * @param trustStore who signs the certificates of the servers in routes; without one, whom Java trusts
 */
public record DmtpSettings(ImmutableMap<String, Route> routes, Optional<TrustStore> trustStore) {
    /** Without the element. */
    public static final DmtpSettings NONE = new DmtpSettings(ImmutableMap.of(), Optional.empty());
    private static final String FILE = "dime.xml: ";

    /**
     * The server of a domain, as the operator says. It may be in a private network.
     *
     * @param primaryKey the key that the domain's signet has to have, if the operator gives it
     */
    public record Route(HostAndPort server, Optional<VerifyingKey> primaryKey) {
    }

    /**
     * Certificates.
     *
     * @param url of the file, as James's file system takes it
     * @param type as Java names it
     * @param secret its password
     */
    public record TrustStore(String url, String type, String secret) {
        @Override
        public String toString() {
            return url;
        }
    }

    /**
     * Reads the element.
     *
     * @throws ConfigurationException that names the file, the key and what was expected
     */
    public static DmtpSettings of(HierarchicalConfiguration<ImmutableNode> dmtp) throws ConfigurationException {
        for (Iterator<String> keys = dmtp.getKeys(); keys.hasNext();) {
            String key = keys.next().replace(".[@", "[@");
            if (!key.matches("|route|route\\[@(domain|pok)]|truststore|truststoreType|truststoreSecret")) {
                throw new ConfigurationException(FILE + "unknown key `dmtp." + key
                    + "`; expected one of route, route[@domain], route[@pok], truststore, truststoreType, truststoreSecret");
            }
        }
        Map<String, Route> routes = new LinkedHashMap<>();
        for (HierarchicalConfiguration<ImmutableNode> route : dmtp.configurationsAt("route")) {
            if (routes.put(domain(route.getString("[@domain]", "")), route(route)) != null) {
                throw bad("route[@domain]", route.getString("[@domain]"), "each domain once");
            }
        }
        Optional<TrustStore> trustStore = Optional.ofNullable(dmtp.getString("truststore"))
            .map(url -> new TrustStore(url, dmtp.getString("truststoreType", "PKCS12"), dmtp.getString("truststoreSecret", "")));
        return new DmtpSettings(ImmutableMap.copyOf(routes), trustStore);
    }

    private static String domain(String text) throws ConfigurationException {
        try {
            return Domains.parse(text);
        } catch (ProtocolException e) {
            throw bad("route[@domain]", text, "a domain");
        }
    }

    private static Route route(HierarchicalConfiguration<ImmutableNode> route) throws ConfigurationException {
        String server = route.getString("", "");
        String key = route.getString("[@pok]", "");
        try {
            HostAndPort address = HostAndPort.fromString(server.strip());
            if (!address.hasPort() || address.getHost().isEmpty()) {
                throw bad("route", server, "HOST:PORT");
            }
            return new Route(address, key.isEmpty() ? Optional.empty() : Optional.of(VerifyingKey.of(Base64.getDecoder().decode(key))));
        } catch (IllegalArgumentException | ProtocolException e) {
            throw bad("route", server + " " + key, "HOST:PORT, and in pok a primary key in base64");
        }
    }

    private static ConfigurationException bad(String key, String value, String expected) {
        return new ConfigurationException(FILE + "key `dmtp." + key + "` is `" + value.strip() + "`; expected " + expected);
    }
}
