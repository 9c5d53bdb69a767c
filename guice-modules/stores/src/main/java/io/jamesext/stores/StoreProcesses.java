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

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A Cassandra, an OpenSearch and perhaps a RabbitMQ as processes of this machine, with their data in one folder. */
public final class StoreProcesses implements RunningStores {
    /** The folders of the stores. */
    private static final String CASSANDRA = "cassandra";
    private static final String OPENSEARCH = "opensearch";
    private static final String RABBITMQ = "rabbitmq";
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    private final List<StoreProcess> stores;
    private final StoreAddresses addresses;

    private StoreProcesses(List<StoreProcess> stores, StoreAddresses addresses) {
        this.stores = stores;
        this.addresses = addresses;
    }

    /** Starts them and returns when all of them can be used, with a line of progress every two seconds. */
    public static StoreProcesses start(Project project, Path folder, StorePorts ports, Purpose purpose, Consumer<String> progress) {
        List<StoreProcess> stores = new ArrayList<>();
        try {
            stores.add(CassandraServer.start(project, folder.resolve(CASSANDRA), ports.cassandra(), ports.cassandraInternal(), purpose));
            stores.add(OpenSearchServer.start(project, folder.resolve(OPENSEARCH), ports.openSearch(), purpose));
            Optional<Path> rabbitMq = purpose.rabbitMq();
            rabbitMq.ifPresent(program -> stores.add(RabbitMqServer.start(program, folder.resolve(RABBITMQ), ports)));
            await(stores, progress);
            return new StoreProcesses(stores, new StoreAddresses(InetSocketAddress.createUnresolved("127.0.0.1", ports.cassandra()),
                OpenSearchServer.address(ports.openSearch()), rabbitMq.map(program -> RabbitMqServer.address(ports))));
        } catch (RuntimeException e) {
            stop(stores);
            throw e;
        }
    }

    /** Returns when all of these can be used, with a line of progress every two seconds; fails when one of them ends before. */
    public static void await(List<StoreProcess> stores, Consumer<String> progress) {
        long start = System.nanoTime();
        Duration next = PROGRESS_EVERY;
        List<StoreProcess> silent = stores;
        while (true) {
            silent = silent.stream().filter(store -> !store.answers()).toList();
            if (silent.isEmpty()) {
                return;
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (elapsed.compareTo(LONGEST_START) > 0) {
                throw silent.get(0).died("did not answer within " + LONGEST_START.toSeconds() + " s");
            }
            if (elapsed.compareTo(next) >= 0) {
                progress.accept("starting the stores: " + elapsed.toSeconds() + " s, waiting for "
                    + String.join(", ", silent.stream().map(StoreProcess::title).toList()));
                next = next.plus(PROGRESS_EVERY);
            }
            Pause.aMoment();
        }
    }

    @Override
    public StoreAddresses addresses() {
        return addresses;
    }

    /** The processes by the titles of their stores. */
    public Map<String, ProcessHandle> programs() {
        Map<String, ProcessHandle> programs = new LinkedHashMap<>();
        stores.forEach(store -> programs.put(store.title(), store.program().orElseThrow()));
        return programs;
    }

    /** Tells of every store that ends without having been stopped. */
    public void watch(Consumer<LaunchFailure> listener) {
        stores.forEach(store -> store.watch(listener));
    }

    @Override
    public void close() {
        stop(stores);
    }

    /** All at once: none of them needs another one to stop. */
    private static void stop(List<StoreProcess> stores) {
        stores.parallelStream().forEach(StoreProcess::close);
    }
}
