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

package io.jamesext.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionDAO;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionManager;
import org.apache.james.backends.cassandra.versions.SchemaVersion;
import org.apache.james.lifecycle.api.StartUpCheck.CheckResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaVersionCheckTest {
    @RegisterExtension
    static final TestKeyspace KEYSPACE = new TestKeyspace();

    private CassandraSchemaVersionDAO versions;

    @BeforeEach
    void setUp() {
        KEYSPACE.session().execute("TRUNCATE " + "schemaVersion");
        versions = new CassandraSchemaVersionDAO(KEYSPACE.session());
    }

    @Test
    void shouldRefuseASchemaThatIsTooOld() {
        assertThat(check(7).isBad()).isTrue();
        assertThat(check(7).getDescription()).hasValueSatisfying(text -> assertThat(text).contains("has version 7", "upgrade"));
    }

    @Test
    void shouldRefuseASchemaThatIsTooNew() {
        assertThat(check(99).isBad()).isTrue();
        assertThat(check(99).getDescription()).hasValueSatisfying(text -> assertThat(text).contains("has version 99", "newer James"));
    }

    @Test
    void shouldAcceptTheLatestSchemaAndOneThatCanBeUpgraded() {
        assertThat(check(CassandraSchemaVersionManager.MIN_VERSION.getValue()).isGood()).isTrue();
        assertThat(check(CassandraSchemaVersionManager.MAX_VERSION.getValue()).isGood()).isTrue();
    }

    private CheckResult check(int version) {
        KEYSPACE.session().execute("TRUNCATE " + "schemaVersion");
        versions.updateVersion(new SchemaVersion(version)).block();
        return new SchemaVersionCheck(new CassandraSchemaVersionManager(versions)).check();
    }
}
