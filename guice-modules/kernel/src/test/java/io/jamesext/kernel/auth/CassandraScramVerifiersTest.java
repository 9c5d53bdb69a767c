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
package io.jamesext.kernel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.datastax.oss.driver.api.core.CqlSession;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.kernel.table.SideTablesTest;
import io.jamesext.testing.mailbox.CassandraOnly;
import io.jamesext.testing.mailbox.TestJames;

@CassandraOnly
class CassandraScramVerifiersTest implements ScramVerifiersContract {
    private CqlSession session;
    private ScramVerifiers verifiers;

    @BeforeEach
    void setUp() throws Exception {
        session = TestJames.create().cassandra().orElseThrow();
        verifiers = new CassandraScramVerifiers(SideTables.create(session));
    }

    @Override
    public ScramVerifiers verifiers() {
        return verifiers;
    }

    @Test
    void verifierShouldSurviveTheSession() {
        verifiers.put(ALICE, FIRST).block();
        try (CqlSession next = SideTablesTest.anotherSession(session, session.getKeyspace().orElseThrow().asInternal())) {
            assertThat(new CassandraScramVerifiers(SideTables.create(next)).find(ALICE).block()).isEqualTo(FIRST);
        }
    }

    @Test
    void answersShouldLeaveTheDriversThreads() {
        verifiers.put(ALICE, FIRST).block();
        assertThat(verifiers.find(ALICE).map(found -> Thread.currentThread().getName()).block()).doesNotStartWith(session.getName());
    }
}
