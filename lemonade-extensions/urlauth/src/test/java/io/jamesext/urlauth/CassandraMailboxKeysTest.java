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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.datastax.oss.driver.api.core.CqlSession;

import io.jamesext.kernel.operation.Blocking;
import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.CassandraOnly;
import io.jamesext.testing.mailbox.TestJames;
import reactor.core.publisher.Flux;

@CassandraOnly
class CassandraMailboxKeysTest implements MailboxKeysContract {
    private CqlSession session;
    private MailboxKeys keys;

    @BeforeEach
    void setUp() throws Exception {
        session = TestJames.create().cassandra().orElseThrow();
        keys = new CassandraMailboxKeys(SideTables.create(session));
        session.execute("TRUNCATE jamesext_urlauth_key");
        session.execute("TRUNCATE jamesext_urlauth_mailbox");
    }

    @Override
    public MailboxKeys keys() {
        return keys;
    }

    /** RFC 4467 section 2.2: a URL that one node has authorised is right on all. */
    @Test
    void nodesAtOnceShouldAgreeOnOneKey() {
        List<MailboxKeys> nodes = IntStream.range(0, 4)
            .<MailboxKeys>mapToObj(i -> new CassandraMailboxKeys(SideTables.create(session))).toList();
        for (int round = 0; round < 10; round++) {
            String mailbox = "round " + round;
            assertThat(Flux.fromIterable(nodes)
                .flatMap(node -> node.findOrMake(ALICE, mailbox).subscribeOn(Blocking.SCHEDULER), nodes.size())
                .collectList().block()).hasSize(nodes.size()).containsOnly(keys.find(ALICE, mailbox).block());
        }
    }
}
