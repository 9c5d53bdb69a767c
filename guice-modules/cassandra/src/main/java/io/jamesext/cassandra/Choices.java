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

package io.jamesext.cassandra;

import java.io.FileNotFoundException;
import java.util.Locale;
import java.util.Optional;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.utils.PropertiesProvider;
import org.apache.james.vault.VaultConfiguration;

/**
 * What the configuration files ask for and Guice has to know before it starts.
 *
 * @param search which index answers searches, {@code search.properties}
 * @param nodes whether this node shares queue, events and tasks with others: {@code rabbitmq.properties} is there
 * @param vault whether deleted messages are kept for a while, {@code deletedMessageVault.properties}
 */
public record Choices(Search search, Nodes nodes, boolean vault) {
    /** The index that answers searches. */
    public enum Search {
        /** An OpenSearch cluster, by {@code opensearch.properties}. */
        OPENSEARCH,
        /** No index: every search reads the messages. For tests and for a very small server. */
        SCANNING
    }

    /** Who the mail queue, the events and the tasks are shared with. */
    public enum Nodes {
        /** This node is the only one. */
        ONE,
        /** All nodes on the same Cassandra and RabbitMQ. */
        MANY
    }

    /** Reads the choices of one working directory. */
    public static Choices of(Configuration configuration) throws ConfigurationException {
        PropertiesProvider files =
            new PropertiesProvider(new FileSystemImpl(configuration.directories()), configuration.configurationPath());
        return new Choices(
            search(read(files, "search").map(search -> search.getString("implementation", "OpenSearch")).orElse("OpenSearch")),
            read(files, "rabbitmq").isPresent() ? Nodes.MANY : Nodes.ONE,
            read(files, "deletedMessageVault").map(VaultConfiguration::from).map(VaultConfiguration::isEnabled).orElse(false));
    }

    /** What an operator should know about how this node runs, for the log at start. */
    public String description() {
        String shared = nodes == Nodes.MANY
            ? "mail queue, events and tasks on RabbitMQ, shared with the other nodes"
            : "no conf/rabbitmq.properties: this node runs alone, its mail queue under var/store, events and tasks in this process";
        return "James on Cassandra; search by %s; deleted messages vault %s; %s"
            .formatted(search.name().toLowerCase(Locale.ROOT), vault ? "on" : "off", shared);
    }

    private static Search search(String implementation) throws ConfigurationException {
        return switch (implementation.toLowerCase(Locale.ROOT)) {
            case "opensearch" -> Search.OPENSEARCH;
            case "scanning" -> Search.SCANNING;
            default -> throw new ConfigurationException("search.properties: implementation must be OpenSearch or Scanning, not "
                + implementation);
        };
    }

    private static Optional<org.apache.commons.configuration2.Configuration> read(PropertiesProvider files, String name)
            throws ConfigurationException {
        try {
            return Optional.of(files.getConfiguration(name));
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        }
    }
}
