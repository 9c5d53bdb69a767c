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

package io.jamesext.testing.james;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.stores.RabbitMq;
import io.jamesext.stores.StoreAddresses;

/** Reads the options that name the operator's own stores. */
final class OwnStores {
    private static final String CASSANDRA = "--cassandra";
    private static final String OPENSEARCH = "--opensearch";
    private static final String RABBITMQ = "--rabbitmq";
    private static final String MANAGEMENT = "--rabbitmq-management";
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s]+):(\\d{1,5})");

    private OwnStores() {
    }

    /** Empty when none is named; Cassandra and OpenSearch come together. */
    static Optional<StoreAddresses> of(Map<String, String> given) {
        if (!given.containsKey(CASSANDRA) && !given.containsKey(OPENSEARCH) && !given.containsKey(RABBITMQ)) {
            return Optional.empty();
        }
        if (!given.containsKey(CASSANDRA) || !given.containsKey(OPENSEARCH)) {
            throw Options.wrong("Of your own stores both " + CASSANDRA + " and " + OPENSEARCH + " must be named");
        }
        return Optional.of(new StoreAddresses(cassandra(given.get(CASSANDRA)), uri(OPENSEARCH, given.get(OPENSEARCH), "https?"),
            Optional.ofNullable(given.get(RABBITMQ)).map(amqp -> rabbitMq(amqp, Optional.ofNullable(given.get(MANAGEMENT))))));
    }

    private static InetSocketAddress cassandra(String value) {
        Matcher parts = HOST_AND_PORT.matcher(value);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            throw Options.wrong(CASSANDRA + " needs HOST:PORT, not " + value);
        }
        return InetSocketAddress.createUnresolved(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private static RabbitMq rabbitMq(String amqp, Optional<String> management) {
        URI uri = uri(RABBITMQ, amqp, "amqp");
        return management.map(there -> new RabbitMq(uri, uri(MANAGEMENT, there, "https?"))).orElseGet(() -> RabbitMq.at(uri));
    }

    /** The value is not repeated: it may hold a password. */
    private static URI uri(String option, String value, String schemes) {
        try {
            URI uri = URI.create(value);
            if (uri.getScheme() != null && uri.getScheme().matches(schemes) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw Options.wrong(option + " needs a URL with the scheme " + schemes.replace("?", " or without s") + " and a host");
    }
}
