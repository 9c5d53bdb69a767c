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
package io.jamesext.kernel.server;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts a server's connections for James's keys {@code connectionLimit} and {@code connectionLimitPerIP}. James's own handlers close one
 * that is too many before the protocol can say why, and count those of all clients behind a proxy as the proxy's.
 */
final class Admission {
    private final int most;
    private final int mostOfOne;
    private final Map<InetAddress, Integer> ofEach = new HashMap<>();
    private int open;

    /** With these limits; 0 is none. */
    Admission(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Lets a connection in, or not; one that was let in has to {@link #leave}. */
    synchronized boolean enter(InetAddress client) {
        int ofClient = ofEach.getOrDefault(client, 0);
        if ((most > 0 && open >= most) || (mostOfOne > 0 && ofClient >= mostOfOne)) {
            return false;
        }
        open++;
        ofEach.put(client, ofClient + 1);
        return true;
    }

    synchronized void leave(InetAddress client) {
        open--;
        ofEach.computeIfPresent(client, (address, connections) -> connections > 1 ? connections - 1 : null);
    }
}
