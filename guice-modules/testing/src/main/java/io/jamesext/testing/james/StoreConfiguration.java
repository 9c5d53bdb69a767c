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

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.stores.RabbitMq;
import io.jamesext.stores.StoreAddresses;

/**
 * The configuration files of a James on Cassandra, beside and in place of those of the memory server. As resources they name the hosts of
 * a compose file: {@code cassandra}, {@code opensearch} and {@code rabbitmq}; only those lines are replaced.
 */
final class StoreConfiguration {
    private static final String FOLDER = "cassandra/";
    private static final String MAILETS = "mailetcontainer.xml";
    private static final String MAIL_REPOSITORIES = "mailrepositorystore.xml";
    private static final String CASSANDRA = "cassandra.properties";
    private static final String OPENSEARCH = "opensearch.properties";
    private static final String RABBITMQ = "rabbitmq.properties";
    private static final String BLOBS = "blob.properties";
    private static final String VAULT = "deletedMessageVault.properties";
    private static final int OPENSEARCH_PORT = 9_200;

    private StoreConfiguration() {
    }

    /** By their names; without RabbitMQ there is no {@code rabbitmq.properties}, by which James knows that it is alone. */
    static Map<String, String> files(StoreAddresses stores) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(MAILETS, WorkingDirectory.jamesFile(MAILETS).replace("memory://", "cassandra://"));
        for (String name : new String[] {MAIL_REPOSITORIES, BLOBS, VAULT}) {
            files.put(name, WorkingDirectory.jamesFile(FOLDER + name));
        }
        files.put(CASSANDRA, with(CASSANDRA, Map.of(
            "cassandra.nodes", stores.cassandra().getHostString() + ":" + stores.cassandra().getPort())));
        files.put(OPENSEARCH, with(OPENSEARCH, openSearch(stores.openSearch())));
        stores.rabbitMq().ifPresent(rabbitMq -> files.put(RABBITMQ, with(RABBITMQ, rabbitMq(rabbitMq))));
        return files;
    }

    private static Map<String, String> openSearch(URI uri) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("opensearch.hosts", uri.getHost() + ":" + (uri.getPort() < 0 ? OPENSEARCH_PORT : uri.getPort()));
        values.put("opensearch.hostScheme", uri.getScheme());
        Optional.ofNullable(uri.getUserInfo()).map(login -> login.split(":", 2)).filter(login -> login.length == 2).ifPresent(login -> {
            values.put("opensearch.user", login[0]);
            values.put("opensearch.password", login[1]);
        });
        return values;
    }

    private static Map<String, String> rabbitMq(RabbitMq rabbitMq) {
        return Map.of(
            "uri", rabbitMq.amqp().toString(),
            "management.uri", rabbitMq.management().toString(),
            "management.user", rabbitMq.user(),
            "management.password", rabbitMq.password());
    }

    private static String with(String name, Map<String, String> values) {
        String text = WorkingDirectory.jamesFile(FOLDER + name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            String line = value.getKey() + "=" + value.getValue();
            Matcher present = Pattern.compile("(?m)^" + Pattern.quote(value.getKey()) + "=.*$").matcher(text);
            text = present.find() ? present.replaceFirst(Matcher.quoteReplacement(line)) : text + line + "\n";
        }
        return text;
    }
}
