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
package io.jamesext.dmap;

import static io.jamesext.testing.mailbox.TestJames.ALICE;
import static io.jamesext.testing.mailbox.TestJames.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import com.google.common.collect.ImmutableList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.jamesext.dmap.ring.Mode;
import io.jamesext.testing.mailbox.BothBackends;

/**
 * What the server must not learn is nowhere in what it has kept: markers in every field are looked for in all that James has stored, and
 * in the log. PROTOCOL.md section 7.6.
 */
@BothBackends
class CanaryTest {
    @TempDir
    static Path folder;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void leave() {
        root.detachAppender(log);
        log.stop();
    }

    private Canaries run(DmapTestServer server, Mode mode) throws Exception {
        Canaries canaries = new Canaries();
        try (CanaryClient alice = new CanaryClient(server, mode, canaries)) {
            alice.everything();
        }
        return canaries;
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = {"CAUTIOUS", "PARANOID"})
    void nothingShouldBeFoundOfThoseWhoDoNotTrustTheServer(Mode mode) throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder, mode)) {
            Canaries canaries = run(server, mode);
            awaitSearch(server);
            dumps(server).forEach((place, dump) -> assertThat(canaries.foundIn(dump)).as(place).isEmpty());
            assertThat(canaries.fields()).contains("mailbox name", "META", "Subject", "envelope", "message text", "decryption key");
        }
    }

    /** The control: the same looks find every marker of somebody who trusts the server, at least in James's stores. */
    @Test
    void everythingShouldBeFoundOfThoseWhoTrustTheServer() throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder, Mode.TRUSTFUL)) {
            Canaries canaries = run(server, Mode.TRUSTFUL);
            awaitSearch(server);
            Map<String, String> dumps = dumps(server);
            Set<String> fields = canaries.fields();
            fields.remove("name below");
            assertThat(canaries.foundIn(dumps.getOrDefault("mailboxes", ""))).containsAll(fields);
            if (server.james().cassandra().isPresent()) {
                assertThat(canaries.foundIn(dumps.getOrDefault("Cassandra", ""))).containsAll(fields);
                assertThat(canaries.foundIn(dumps.getOrDefault("OpenSearch", "")))
                    .contains("From", "To", "Cc", "Subject", "header", "text", "keyword", "message Subject", "message text");
            }
            assertThat(canaries.foundIn(dumps.getOrDefault("log", ""))).contains("envelope");
        }
    }

    /** Bob trusts the server. When what comes to him last is in the index, what came before is there too. */
    private static void awaitSearch(DmapTestServer server) throws Exception {
        if (server.james().cassandra().isEmpty()) {
            return;
        }
        Canaries last = new Canaries();
        server.james().append(BOB, "INBOX", "Subject: " + last.word("last") + "\n\nx\n");
        Instant deadline = Instant.now().plusSeconds(30);
        while (last.foundIn(Dump.openSearch()).isEmpty()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }

    private Map<String, String> dumps(DmapTestServer server) throws Exception {
        Map<String, String> dumps = new LinkedHashMap<>();
        dumps.put("mailboxes", Dump.mailboxes(server, ALICE, BOB));
        if (server.james().cassandra().isPresent()) {
            dumps.put("Cassandra", Dump.cassandra(server.james().cassandra().get()));
            dumps.put("OpenSearch", Dump.openSearch());
        }
        dumps.put("log", log());
        return dumps;
    }

    private String log() {
        List<String> lines = new ArrayList<>();
        for (ILoggingEvent event : ImmutableList.copyOf(log.list)) {
            lines.add(event.getFormattedMessage() + event.getMDCPropertyMap()
                + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return String.join("\n", lines);
    }
}
