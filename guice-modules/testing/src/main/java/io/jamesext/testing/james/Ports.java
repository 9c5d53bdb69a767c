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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;

import io.jamesext.stores.FreePorts;

/** The loopback port of every listener. */
public record Ports(Map<Listener, Integer> byListener) {
    /** How far the ports of the next node are from those of the one before. */
    private static final int NEXT_NODE = 20_000;

    public Ports {
        byListener = Maps.immutableEnumMap(byListener);
    }

    /** The ports that the README names. */
    public static Ports defaults() {
        return of(Listener::defaultPort);
    }

    /** The ports that the README names for a node: those of the first, each so many thousands higher. */
    public static Ports ofNode(int node) {
        return of(listener -> listener.defaultPort() + NEXT_NODE * (node - 1));
    }

    /** {@code first} for the first listener, the next port for the next one, and so on. */
    public static Ports from(int first) {
        return of(listener -> first + listener.ordinal());
    }

    /** Ports that nobody listens on now, so that several servers can run at once. */
    public static Ports free() {
        List<Integer> free = FreePorts.take(Listener.values().length);
        return of(listener -> free.get(listener.ordinal()));
    }

    public int of(Listener listener) {
        Integer port = byListener.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("no port for " + listener);
        }
        return port;
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Ports of(Function<Listener, Integer> port) {
        ImmutableMap.Builder<Listener, Integer> ports = ImmutableMap.builder();
        for (Listener listener : Listener.values()) {
            ports.put(listener, port.apply(listener));
        }
        return new Ports(ports.build());
    }
}
