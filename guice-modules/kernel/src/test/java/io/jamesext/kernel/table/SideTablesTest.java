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
package io.jamesext.kernel.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;

import io.jamesext.testing.mailbox.CassandraOnly;
import io.jamesext.testing.mailbox.TestJames;

@CassandraOnly
public class SideTablesTest {
    /** As many nodes of James, each with a session of its own that knows of no table yet. */
    @Test
    void nodesThatStartAtOnceShouldMakeOneSetOfTables() throws Exception {
        CqlSession james = TestJames.create().cassandra().orElseThrow();
        james.execute("CREATE KEYSPACE IF NOT EXISTS side_tables WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        List<CqlSession> sessions = IntStream.range(0, 4).mapToObj(i -> anotherSession(james, "side_tables")).toList();
        ExecutorService nodes = Executors.newFixedThreadPool(sessions.size());
        try {
            List<Callable<SideTables>> starts = sessions.stream().<Callable<SideTables>>map(own -> () -> SideTables.create(own)).toList();
            for (Future<SideTables> node : nodes.invokeAll(starts)) {
                SimpleStatement select = SimpleStatement.newInstance("SELECT user FROM jamesext_scram_verifier");
                assertThat(node.get().rows(select).collectList().block()).isEmpty();
            }
        } finally {
            nodes.shutdown();
            sessions.forEach(CqlSession::close);
            james.execute("DROP KEYSPACE side_tables");
        }
    }

    /** A session of its own on the Cassandra of that one. */
    public static CqlSession anotherSession(CqlSession session, String keyspace) {
        return CqlSession.builder()
            .addContactEndPoints(session.getMetadata().getNodes().values().stream().map(Node::getEndPoint).toList())
            .withLocalDatacenter("datacenter1")
            .withKeyspace(keyspace)
            .build();
    }
}
