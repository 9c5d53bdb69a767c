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

package io.jamesext.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import javax.mail.Folder;
import javax.mail.Session;
import javax.mail.Store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.jamesext.testing.james.Accounts;
import io.jamesext.testing.james.Listener;
import io.jamesext.testing.james.StockJames;
import io.jamesext.testing.james.StockJamesExtension;
import io.jamesext.testing.james.Tour;
import io.jamesext.testing.transcript.TrustingTls;

@ExtendWith(StockJamesExtension.class)
class StockJamesIT {
    @Test
    void anAccountThatTheJamesCliMadeShouldWorkOnAllFourPorts(StockJames james) throws Exception {
        james.cli("AddUser", "carol@example.org", Accounts.PASSWORD);

        new Tour("carol", Listener.XIMSS, "guice-modules/bundle/src/test/resources/carol.transcript")
            .play(StockJames.project(), james.ports(), line -> { });
    }

    @Test
    void theWebPageShouldBeServedAndLogIn(StockJames james) throws Exception {
        assertThat(https(james, "/", "")).startsWith("HTTP/1.1 200 OK\r\n").contains("<title>Mail</title>").contains("</html>");
        assertThat(https(james, "/mail.js", "")).contains("content-type: text/javascript; charset=utf-8\r\n");

        james.create("erin@example.org");
        assertThat(https(james, "/XIMSSLogin/", "userName=erin@example.org&password=" + Accounts.PASSWORD))
            .contains("<session id=\"login\" urlID=");
    }

    /** The whole answer, head and body. */
    private static String https(StockJames james, String path, String form) throws Exception {
        try (Socket socket = TrustingTls.over(new Socket("127.0.0.1", james.ports().of(Listener.XIMSS_HTTPS)))) {
            String head = (form.isEmpty() ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: " + form.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + form).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void deliveredMailShouldBeSeenOverImap(StockJames james) throws Exception {
        james.create("dave@example.org");

        james.deliver("dave@example.org", "Subject: first\r\n\r\n.\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII));

        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", james.ports().of(Listener.IMAP), "dave@example.org", Accounts.PASSWORD);
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            assertThat(inbox.getMessageCount()).isEqualTo(1);
            assertThat(inbox.getMessage(1).getSubject()).isEqualTo("first");
            assertThat(inbox.getMessage(1).getContent()).isEqualTo(".\r\nbody\r\n");
        }
    }
}
