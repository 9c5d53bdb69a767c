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
package io.jamesext.agap.change;

import java.util.UUID;

import org.apache.james.core.Username;
import org.junit.jupiter.api.BeforeEach;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.CassandraOnly;
import io.jamesext.testing.mailbox.TestJames;

@CassandraOnly
class CassandraFolderTableTest implements FolderTableContract {
    private final Username user = Username.of(UUID.randomUUID() + "@example.org");
    private FolderTable table;

    @BeforeEach
    void setUp() throws Exception {
        table = new CassandraFolderTable(SideTables.create(TestJames.create().cassandra().orElseThrow()));
    }

    @Override
    public FolderTable table() {
        return table;
    }

    @Override
    public Username user() {
        return user;
    }
}
