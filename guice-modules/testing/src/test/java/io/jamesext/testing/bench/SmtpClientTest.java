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

package io.jamesext.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpClientTest {
    private static final String USER = "alice@example.org";
    private static final byte[] MESSAGE = "Subject: a\r\n\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);

    private SmtpSink sink;

    @BeforeEach
    void open() throws IOException {
        sink = SmtpSink.open();
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    @Test
    void messageShouldNotBeTakenForCommands() throws IOException {
        try (SmtpClient client = SmtpClient.logIn(sink.port(), USER, "secret")) {
            client.bdat(USER, MESSAGE);
            client.bdat(USER, MESSAGE);

            assertThat(client.capabilities()).containsExactlyInAnyOrder("localhost", "PIPELINING", "8BITMIME", "CHUNKING");
        }
    }

    @Test
    void wrongAnswerShouldBeAFailure() throws IOException {
        try (SmtpClient client = SmtpClient.logIn(sink.port(), USER, "secret")) {
            assertThatThrownBy(() -> client.data(USER, MESSAGE)).isInstanceOf(IOException.class).hasMessageContaining("250 2.0.0 OK");
        }
    }
}
