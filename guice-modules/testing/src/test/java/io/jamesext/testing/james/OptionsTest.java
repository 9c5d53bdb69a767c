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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.stores.LaunchFailure;
import io.jamesext.stores.RabbitMq;
import io.jamesext.stores.StoreAddresses;

class OptionsTest {
    private static final Path TARGET = Path.of("target");

    @Test
    void runShouldUseTheDocumentedPortsAndTheBuildFolder() {
        Options options = parse("run");

        assertThat(options.data()).isEqualTo(Path.of("target", "james"));
        assertThat(options.ports()).isEqualTo(Ports.defaults());
        assertThat(options.demo()).isFalse();
    }

    @Test
    void demoShouldMakeTheDemonstrationsAccountsInADirectoryOfItsOwn() {
        Options options = parse("demo", "--ports", "20000");

        assertThat(options.demo()).isTrue();
        assertThat(options.data()).isEqualTo(Path.of("target", "james-demo"));
        assertThat(options.ports().of(Listener.IMAP)).isEqualTo(20000);
        assertThat(options.ports().of(Listener.IMAPS)).isEqualTo(20001);
    }

    @Test
    void cliShouldLeaveTheArgumentsOfTheJamesCliAlone() {
        Options options = parse("cli", "--data", "there", "AddUser", "carol@example.org", "--demo");

        assertThat(options.data()).isEqualTo(Path.of("there"));
        assertThat(options.rest()).containsExactly("AddUser", "carol@example.org", "--demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "run fast", "run submission", "bench fast", "bench ximss submission",
        "run --fast", "run --data", "run --ports many",
        "run --ports 65530", "run --mail /no/such/place", "run --backend oracle", "run --node 2", "run --node 0 --backend cassandra",
        "demo --node 2 --backend cassandra", "bench --node 2 --backend cassandra",
        "run --cassandra localhost:9042", "run --cassandra localhost --opensearch http://localhost:9200",
        "run --cassandra localhost:9042 --opensearch localhost:9200", "run --backend memory --cassandra h:1 --opensearch http://h:2",
        "run --cassandra h:1 --opensearch http://h:2 --rabbitmq http://h:3"})
    void aWrongCommandLineShouldBeAnsweredWithTheUsage(String line) {
        assertThatThrownBy(() -> parse(line.isEmpty() ? new String[0] : line.split(" ", -1)))
            .isInstanceOfSatisfying(LaunchFailure.class, failure -> assertThat(failure.mend()).contains(Options.USAGE));
    }

    @Test
    void aSecondNodeShouldHavePortsAndADirectoryOfItsOwn() {
        Options options = parse("run", "--backend", "cassandra", "--node", "2");

        assertThat(options.backend()).isEqualTo(Backend.CASSANDRA);
        assertThat(options.directory()).isEqualTo(Path.of("target", "james", "node2"));
        assertThat(options.ports().of(Listener.IMAP)).isEqualTo(21143);
        assertThat(parse("cli", "--node", "2").directory()).isEqualTo(options.directory());
    }

    @Test
    void eachBackendOfTheBenchShouldHaveADirectoryOfItsOwn() {
        Options options = parse("bench", "--ports", "20000");

        assertThat(options.command()).isEqualTo(Options.Command.BENCH);
        assertThat(options.on(Backend.CASSANDRA).directory()).isEqualTo(Path.of("target", "james-bench", "cassandra"));
        assertThat(options.on(Backend.CASSANDRA).backend()).isEqualTo(Backend.CASSANDRA);
        assertThat(options.on(Backend.MEMORY).directory()).isEqualTo(Path.of("target", "james-bench", "memory"));
    }

    @Test
    void benchShouldMeasureEverythingOrOnePartAlone() {
        assertThat(parse("bench").measures("submission")).isTrue();
        assertThat(parse("bench").measures("ximss")).isTrue();
        assertThat(parse("bench", "--ports", "20000", "submission").measures("submission")).isTrue();
        assertThat(parse("bench", "order").measures("order")).isTrue();
        assertThat(parse("bench", "submission").on(Backend.CASSANDRA).measures("ximss")).isFalse();
        assertThat(parse("bench", "ximss").measures("operations")).isFalse();
    }

    @Test
    void storesOfTheOperatorShouldBeTakenWithRabbitMqsUsualManagementPort() {
        Options options = parse("run", "--cassandra", "db:9042", "--opensearch", "http://search:9200", "--rabbitmq", "amqp://u:p@mq:5672");

        assertThat(options.backend()).isEqualTo(Backend.CASSANDRA);
        assertThat(options.ownStores()).contains(new StoreAddresses(InetSocketAddress.createUnresolved("db", 9042),
            URI.create("http://search:9200"),
            Optional.of(new RabbitMq(URI.create("amqp://u:p@mq:5672"), URI.create("http://mq:15672")))));
    }

    @Test
    void freePortsShouldDiffer() {
        assertThat(Ports.free().byListener().values()).doesNotHaveDuplicates();
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), TARGET);
    }
}
