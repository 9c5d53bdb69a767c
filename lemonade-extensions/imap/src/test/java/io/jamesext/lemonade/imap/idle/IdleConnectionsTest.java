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

package io.jamesext.lemonade.imap.idle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.jamesext.lemonade.imap.Heap;
import io.jamesext.lemonade.imap.ImapTestServer;

/** Most clients do nothing most of the time. */
class IdleConnectionsTest {
    private static final int CONNECTIONS = 400;
    private static final long MAX_BYTES = 60 << 10;

    @Test
    void idleConnectionShouldTakeLittleOfTheHeap() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (ImapTestServer server = ImapTestServer.start("")) {
            // What is made once is there before it is measured.
            clients.add(idle(server.port()));
            long before = Heap.used();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(idle(server.port()));
            }
            long bytes = (Heap.used() - before) / CONNECTIONS;
            assertThat(bytes).isLessThan(MAX_BYTES);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /** A client without buffers of its own, whose heap is this one's too. */
    private static Socket idle(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write("a LOGIN alice@example.org secret\r\nb SELECT INBOX\r\nc IDLE\r\n"
            .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        int last = '\n';
        for (int octet = in.read(); last != '\n' || octet != '+'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("closed");
            }
            last = octet;
        }
        return socket;
    }
}
