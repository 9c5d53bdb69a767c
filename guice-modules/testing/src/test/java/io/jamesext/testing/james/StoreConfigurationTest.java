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

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.jamesext.stores.RabbitMq;
import io.jamesext.stores.StoreAddresses;

class StoreConfigurationTest {
    private static final InetSocketAddress CASSANDRA = InetSocketAddress.createUnresolved("127.0.0.1", 20_001);

    @Test
    void filesShouldNameTheStores() {
        Map<String, String> files = StoreConfiguration.files(new StoreAddresses(CASSANDRA, URI.create("https://me:secret$1@search"),
            Optional.of(RabbitMq.at(URI.create("amqp://u:p@mq")))));

        assertThat(files.get("cassandra.properties")).contains("\ncassandra.nodes=127.0.0.1:20001\n").doesNotContain("=cassandra:9042");
        assertThat(files.get("opensearch.properties")).contains("\nopensearch.hosts=search:9200\n", "\nopensearch.hostScheme=https\n",
            "\nopensearch.user=me\n", "\nopensearch.password=secret$1\n");
        assertThat(files.get("rabbitmq.properties")).contains("\nuri=amqp://u:p@mq\n", "\nmanagement.uri=http://mq:15672\n",
            "\nmanagement.user=u\n", "\nmanagement.password=p\n");
    }

    @Test
    void withoutRabbitMqThereShouldBeNoFileOfIt() {
        Map<String, String> files = StoreConfiguration.files(
            new StoreAddresses(CASSANDRA, URI.create("http://127.0.0.1:20002"), Optional.empty()));

        assertThat(files).doesNotContainKey("rabbitmq.properties");
    }

    @Test
    void nothingShouldBeKeptInMemory() {
        Map<String, String> files = StoreConfiguration.files(
            new StoreAddresses(CASSANDRA, URI.create("http://127.0.0.1:20002"), Optional.empty()));

        assertThat(files.get("mailetcontainer.xml")).contains("cassandra://var/mail/error/").doesNotContain("memory");
        assertThat(files.get("mailrepositorystore.xml")).doesNotContain("memory");
    }
}
