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

import java.net.URI;

/**
 * Where a RabbitMQ answers.
 *
 * @param amqp with user and password: {@code amqp://guest:guest@127.0.0.1:5672}
 * @param management the HTTP interface of its management plugin, for the same user
 */
public record RabbitMq(URI amqp, URI management) {
    /** RabbitMQ's own default port of the management plugin. */
    private static final int MANAGEMENT_PORT = 15_672;
    private static final int AMQP_PORT = 5_672;
    private static final String DEFAULT_USER = "guest";

    public RabbitMq {
        if (!"amqp".equals(amqp.getScheme()) || amqp.getHost() == null) {
            throw new IllegalArgumentException("not amqp://USER:PASSWORD@HOST:PORT: a URI with the scheme " + amqp.getScheme());
        }
    }

    /** The management plugin on RabbitMQ's own default port of the same host. */
    public static RabbitMq at(URI amqp) {
        return new RabbitMq(amqp, URI.create("http://" + amqp.getHost() + ":" + MANAGEMENT_PORT));
    }

    public int port() {
        return amqp.getPort() < 0 ? AMQP_PORT : amqp.getPort();
    }

    /** Whose name the connections and the management plugin are asked with. */
    public String user() {
        return credential(0);
    }

    public String password() {
        return credential(1);
    }

    private String credential(int index) {
        String[] parts = amqp.getUserInfo() == null ? new String[0] : amqp.getUserInfo().split(":", 2);
        return parts.length == 2 ? parts[index] : DEFAULT_USER;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "amqp://" + amqp.getHost() + ":" + port();
    }
}
