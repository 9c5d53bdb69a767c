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
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;

import javax.net.ssl.SSLSocket;

import io.jamesext.testing.transcript.TrustingTls;

/** Tells whether a listener answers as its protocol says a client sees it first. */
final class SignOfLife {
    private static final int PATIENCE_MILLIS = 5_000;

    private SignOfLife() {
    }

    /** Those of the listeners that do not answer yet. */
    static Set<Listener> missing(Set<Listener> listeners, Ports ports) {
        Set<Listener> missing = EnumSet.noneOf(Listener.class);
        for (Listener listener : listeners) {
            if (!answers(listener, ports.of(listener))) {
                missing.add(listener);
            }
        }
        return missing;
    }

    private static boolean answers(Listener listener, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.loopback(port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return switch (listener.answer()) {
                case CONNECTION -> true;
                case GREETING -> socket.getInputStream().read() >= 0;
                case TLS -> handshakes(socket);
            };
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean handshakes(Socket socket) throws IOException {
        try (SSLSocket tls = TrustingTls.over(socket)) {
            return tls.isConnected();
        }
    }
}
