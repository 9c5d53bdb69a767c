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

import java.util.List;
import java.util.Map;

/**
 * The loopback ports of the stores.
 *
 * @param cassandra for CQL
 * @param cassandraInternal for other nodes, of which there are none
 * @param openSearch for HTTP
 * @param amqp of RabbitMQ
 * @param management of RabbitMQ's management plugin
 * @param erlang where Erlang's tools reach RabbitMQ's node
 * @param epmd where Erlang's port mapper of this RabbitMQ alone answers
 */
public record StorePorts(int cassandra, int cassandraInternal, int openSearch, int amqp, int management, int erlang, int epmd) {
    private static final int COUNT = 7;

    /** Ports that nobody listens on now. */
    public static StorePorts free() {
        List<Integer> free = FreePorts.take(COUNT);
        return new StorePorts(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5), free.get(6));
    }

    static void expectFree(Map<String, Integer> ports) {
        ports.forEach((title, port) -> {
            if (!FreePorts.isFree(port)) {
                throw new LaunchFailure("Port " + port + " (" + title + ") is taken",
                    "Stop the program that listens there (ss -ltnp 'sport = :" + port + "' shows it), or use another port");
            }
        });
    }
}
