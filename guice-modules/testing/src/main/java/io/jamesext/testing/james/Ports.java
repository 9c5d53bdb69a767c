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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;

/** The loopback port of every listener. */
public record Ports(Map<Listener, Integer> byListener) {
    /** Below the range from which Linux takes the ports of outgoing connections, so that none of those can be in the way later. */
    private static final int FREE_LOWEST = 20_000;
    private static final int FREE_HIGHEST = 32_000;

    public Ports {
        byListener = Maps.immutableEnumMap(byListener);
    }

    /** The ports that the README names. */
    public static Ports defaults() {
        return of(Listener::defaultPort);
    }

    /** {@code first} for the first listener, the next port for the next one, and so on. */
    public static Ports from(int first) {
        return of(listener -> first + listener.ordinal());
    }

    /** Ports that nobody listens on now, so that several servers can run at once. */
    public static Ports free() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            return of(listener -> hold(held));
        } finally {
            held.forEach(Ports::release);
        }
    }

    public int of(Listener listener) {
        Integer port = byListener.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("no port for " + listener);
        }
        return port;
    }

    /** Whether a server could listen on this loopback port. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(loopback(port));
            return true;
        } catch (IOException e) {
            return false;
        }
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

    private static int hold(List<ServerSocket> held) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FREE_LOWEST, FREE_HIGHEST);
            try {
                ServerSocket socket = new ServerSocket();
                held.add(socket);
                socket.bind(loopback(port));
                return port;
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
        throw new LaunchFailure("There is no free port between " + FREE_LOWEST + " and " + FREE_HIGHEST,
            "Stop some servers, or choose ports with --ports N");
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing was ever accepted on it.
        }
    }
}
