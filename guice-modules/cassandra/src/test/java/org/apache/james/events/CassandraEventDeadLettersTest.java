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

package org.apache.james.events;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.jamesext.cassandra.TestDeadLetters;

/** James's contract for dead letters, which can be implemented in its own package only. */
class CassandraEventDeadLettersTest implements EventDeadLettersContract.AllContracts {
    @RegisterExtension
    static final TestDeadLetters DEAD_LETTERS = new TestDeadLetters();

    private EventDeadLetters deadLetters;

    @BeforeEach
    void setUp() {
        deadLetters = DEAD_LETTERS.none();
    }

    @Override
    public EventDeadLetters eventDeadLetters() {
        return deadLetters;
    }
}
