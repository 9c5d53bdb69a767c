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

import org.apache.james.events.EventBusTestFixture.TestEventSerializer;
import org.apache.james.events.EventDeadLetters;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Our dead letters for tests in James's packages. */
public final class TestDeadLetters implements BeforeAllCallback, AfterAllCallback {
    private final TestKeyspace keyspace = new TestKeyspace(DeadLettersTable.TABLE);

    @Override
    public void beforeAll(ExtensionContext context) {
        keyspace.beforeAll(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        keyspace.afterAll(context);
    }

    /** Dead letters that hold nothing. */
    public EventDeadLetters none() {
        keyspace.session().execute("TRUNCATE " + DeadLettersTable.NAME);
        return new CassandraEventDeadLetters(keyspace.session(), new TestEventSerializer());
    }
}
