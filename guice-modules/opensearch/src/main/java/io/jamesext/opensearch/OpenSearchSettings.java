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
package io.jamesext.opensearch;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.hc.core5.http.HttpHost;

/**
 * What {@code opensearch.properties} says, with the keys that upstream James has for its own OpenSearch index. The one key of ours is
 * {@code opensearch.request.timeout}: after so many seconds without an answer OpenSearch counts as down.
 */
public record OpenSearchSettings(List<HttpHost> hosts, Optional<Login> login, Tls tls, Connection connection, Index index,
                                 List<String> searchOverrides) {
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /** Whose certificate is believed: {@code opensearch.hostScheme.https.*}. */
    public record Tls(Trust trust, Optional<TrustStore> trustStore, boolean anyHostName) {
    }

    public enum Trust { SYSTEM, ANY, STORE }

    public record TrustStore(String path, String password) {
        @Override
        public String toString() {
            return "TrustStore[path=" + path + "]";
        }
    }

    /** {@code maxRetries} and {@code minDelay} are for the start of James only; later requests are never repeated blindly. */
    public record Connection(int maxRetries, Duration minDelay, int maxTotal, int maxPerHost, Duration requestTimeout) {
    }

    public record Index(String name, String readAlias, String writeAlias, Shards shards, boolean attachments, boolean headers) {
    }

    public record Shards(int primaries, int replicas, int activeAtCreation) {
    }

    private static final String HTTPS = "opensearch.hostScheme.https.";
    private static final int DEFAULT_PORT = 9200;

    /** What holds without an {@code opensearch.properties}: one node on this host. */
    public static OpenSearchSettings defaults() throws ConfigurationException {
        return from(new BaseConfiguration());
    }

    public static OpenSearchSettings from(Configuration configuration) throws ConfigurationException {
        return new OpenSearchSettings(hosts(configuration), login(configuration), tls(configuration), connection(configuration),
            index(configuration), strings(configuration, "opensearch.search.overrides"));
    }

    /** The addresses for messages to the operator. */
    public String addresses() {
        return String.join(", ", hosts.stream().map(HttpHost::toURI).toList());
    }

    private static List<HttpHost> hosts(Configuration configuration) throws ConfigurationException {
        String scheme = choice(configuration, "opensearch.hostScheme", "http", "http", "https");
        List<String> several = strings(configuration, "opensearch.hosts");
        Optional<String> one = text(configuration, "opensearch.masterHost");
        if (one.isPresent() && !several.isEmpty()) {
            throw wrong("opensearch.masterHost", "opensearch.hosts or opensearch.masterHost, not both");
        }
        int port = configuration.getInt("opensearch.port", DEFAULT_PORT);
        List<String> names = several.isEmpty() ? List.of(one.orElse("127.0.0.1") + ":" + port) : several;
        try {
            return names.stream().map(name -> host(scheme, name)).toList();
        } catch (IllegalArgumentException e) {
            throw wrong("opensearch.hosts", "host:port, separated by commas");
        }
    }

    private static HttpHost host(String scheme, String name) {
        URI uri = URI.create(scheme + "://" + name.trim());
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(name);
        }
        return new HttpHost(scheme, uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    private static Optional<Login> login(Configuration configuration) throws ConfigurationException {
        Optional<String> user = text(configuration, "opensearch.user");
        Optional<String> password = text(configuration, "opensearch.password");
        if (user.isPresent() != password.isPresent()) {
            throw wrong("opensearch.user", "opensearch.user and opensearch.password, or neither");
        }
        return user.map(name -> new Login(name, password.orElseThrow()));
    }

    private static Tls tls(Configuration configuration) throws ConfigurationException {
        Trust trust = switch (choice(configuration, HTTPS + "sslValidationStrategy", "default", "default", "ignore", "override")) {
            case "ignore" -> Trust.ANY;
            case "override" -> Trust.STORE;
            default -> Trust.SYSTEM;
        };
        Optional<TrustStore> store = text(configuration, HTTPS + "trustStorePath")
            .map(path -> new TrustStore(path, configuration.getString(HTTPS + "trustStorePassword", "")));
        if (trust == Trust.STORE && store.isEmpty()) {
            throw wrong(HTTPS + "trustStorePath", "the path of a trust store");
        }
        String names = choice(configuration, HTTPS + "hostNameVerifier", "default", "default", "accept_any_hostname");
        return new Tls(trust, store, names.equals("accept_any_hostname"));
    }

    private static Connection connection(Configuration configuration) throws ConfigurationException {
        return new Connection(number(configuration, "opensearch.retryConnection.maxRetries", 7, 0),
            Duration.ofMillis(number(configuration, "opensearch.retryConnection.minDelay", 3000, 1)),
            number(configuration, "opensearch.max.connections", 60, 1),
            number(configuration, "opensearch.max.connections.per.hosts", 30, 1),
            Duration.ofSeconds(number(configuration, "opensearch.request.timeout", 10, 1)));
    }

    private static Index index(Configuration configuration) throws ConfigurationException {
        String name = text(configuration, "opensearch.index.mailbox.name").or(() -> text(configuration, "opensearch.index.name"))
            .orElse("jamesext_mailbox_v4");
        String readAlias = text(configuration, "opensearch.alias.read.mailbox.name")
            .or(() -> text(configuration, "opensearch.alias.read.name")).orElse(name + "_read");
        String writeAlias = text(configuration, "opensearch.alias.write.mailbox.name")
            .or(() -> text(configuration, "opensearch.alias.write.name")).orElse(name + "_write");
        Shards shards = new Shards(number(configuration, "opensearch.nb.shards", 5, 1),
            number(configuration, "opensearch.nb.replica", 1, 0),
            number(configuration, "opensearch.index.waitForActiveShards", 1, 0));
        return new Index(name, readAlias, writeAlias, shards, configuration.getBoolean("opensearch.indexAttachments", true),
            configuration.getBoolean("opensearch.indexHeaders", true));
    }

    private static int number(Configuration configuration, String key, int missing, int least) throws ConfigurationException {
        int value = configuration.getInt(key, missing);
        if (value < least) {
            throw wrong(key, "a number not below " + least);
        }
        return value;
    }

    private static String choice(Configuration configuration, String key, String missing, String... allowed)
            throws ConfigurationException {
        String value = text(configuration, key).orElse(missing);
        if (!List.of(allowed).contains(value)) {
            throw wrong(key, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    private static Optional<String> text(Configuration configuration, String key) {
        return Optional.ofNullable(configuration.getString(key, null)).map(String::trim).filter(value -> !value.isEmpty());
    }

    private static List<String> strings(Configuration configuration, String key) {
        return Stream.of(configuration.getStringArray(key)).flatMap(value -> Arrays.stream(value.split(",")))
            .map(String::trim).filter(value -> !value.isEmpty()).toList();
    }

    private static ConfigurationException wrong(String key, String expected) {
        return new ConfigurationException("opensearch.properties: " + key + ": expected " + expected);
    }
}
