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

package io.jamesext.stores;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the stores of a James answer.
 *
 * @param cassandra for CQL; not resolved
 * @param openSearch for HTTP
 * @param rabbitMq if there is one
 */
public record StoreAddresses(InetSocketAddress cassandra, URI openSearch, Optional<RabbitMq> rabbitMq) {
    /** What each of them is, for people, and how to see whether it can be used. */
    public Map<String, SignOfLife> signsOfLife() {
        Map<String, SignOfLife> signs = new LinkedHashMap<>();
        signs.put("Cassandra at " + cassandra.getHostString() + ":" + cassandra.getPort(), SignOfLife.cassandra(cassandra));
        signs.put("OpenSearch at " + openSearch, SignOfLife.openSearch(openSearch));
        rabbitMq.ifPresent(there -> signs.put("RabbitMQ at " + there + " and " + there.management(), SignOfLife.rabbitMq(there)));
        return signs;
    }

    /** Whether all of them can be used now. */
    public boolean answer() {
        return signsOfLife().values().stream().allMatch(sign -> {
            try {
                sign.check();
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Notes them for other processes; whoever reads the file sees all of it or nothing. */
    public void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("cassandra", cassandra.getHostString() + ":" + cassandra.getPort());
        properties.setProperty("opensearch", openSearch.toString());
        rabbitMq.ifPresent(there -> {
            properties.setProperty("rabbitmq", there.amqp().toString());
            properties.setProperty("rabbitmq.management", there.management().toString());
        });
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(draft)) {
                properties.store(writer, null);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #write} has noted, if it has. */
    public static Optional<StoreAddresses> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] cassandra = properties.getProperty("cassandra").split(":", 2);
        Optional<RabbitMq> rabbitMq = Optional.ofNullable(properties.getProperty("rabbitmq"))
            .map(amqp -> new RabbitMq(URI.create(amqp), URI.create(properties.getProperty("rabbitmq.management"))));
        return Optional.of(new StoreAddresses(InetSocketAddress.createUnresolved(cassandra[0], Integer.parseInt(cassandra[1])),
            URI.create(properties.getProperty("opensearch")), rabbitMq));
    }
}
