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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.TestId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What every table of aliases does. */
@BothBackends
class AliasTableTest {
    private final MailboxId mailbox = TestId.of(ThreadLocalRandom.current().nextLong(100, Long.MAX_VALUE));
    private AliasTable table;

    @BeforeEach
    void setUp() throws Exception {
        table = AliasTable.on(TestJames.create().cassandra().map(SideTables::create));
    }

    private static MessageUid uid(long uid) {
        return MessageUid.of(uid);
    }

    @Test
    void mostMailboxesShouldHaveNone() {
        assertThat(table.of(mailbox).block()).isEqualTo(Aliases.NONE);
        assertThat(Aliases.NONE.item(uid(5))).isEqualTo(uid(5));
        assertThat(Aliases.NONE.messages(uid(5))).containsExactly(uid(5));
    }

    @Test
    void theLatestMessageShouldBeTheItem() {
        table.put(mailbox, uid(12), uid(5)).block();
        table.put(mailbox, uid(15), uid(5)).block();
        table.put(mailbox, uid(13), uid(7)).block();
        Aliases aliases = table.of(mailbox).block();
        assertThat(aliases.item(uid(12))).isEqualTo(uid(5));
        assertThat(aliases.item(uid(14))).isEqualTo(uid(14));
        assertThat(aliases.messages(uid(5))).containsExactly(uid(15), uid(12), uid(5));
        // It has another UID, so that its own is that of no item.
        assertThat(aliases.messages(uid(12))).isEmpty();
        assertThat(aliases.messages()).containsExactlyInAnyOrder(uid(12), uid(13), uid(15));
    }

    @Test
    void aDroppedMailboxShouldLeaveNothing() {
        table.put(mailbox, uid(12), uid(5)).block();
        table.put(TestId.of(77), uid(1), uid(2)).block();
        table.drop(mailbox).block();
        assertThat(table.of(mailbox).block()).isEqualTo(Aliases.NONE);
        assertThat(table.of(TestId.of(77)).block().messages()).containsExactly(uid(1));
        table.drop(TestId.of(77)).block();
    }
}
