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
package io.jamesext.dmap.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.TestId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.table.SideTables;
import io.jamesext.testing.mailbox.BothBackends;
import io.jamesext.testing.mailbox.TestJames;

/** What every table of blocks does. */
@BothBackends
class MetaTableTest {
    private final MailboxId mailbox = TestId.of(ThreadLocalRandom.current().nextLong(100, Long.MAX_VALUE));
    private MetaTable table;

    @BeforeEach
    void setUp() throws Exception {
        table = MetaTable.on(TestJames.create().cassandra().map(SideTables::create));
    }

    private static MessageUid uid(long uid) {
        return MessageUid.of(uid);
    }

    private Map<MessageUid, byte[]> of(long from, long to) {
        return table.of(mailbox, MessageRange.range(uid(from), uid(to))).block();
    }

    @Test
    void theLatestBlockShouldBeThere() {
        byte[] large = new byte[MetaTable.MAX_BLOCK];
        ThreadLocalRandom.current().nextBytes(large);
        table.put(mailbox, uid(5), new byte[] {1}).block();
        table.put(mailbox, uid(5), large).block();
        table.put(mailbox, uid(7), new byte[0]).block();
        assertThat(of(5, 6)).containsOnlyKeys(uid(5));
        assertThat(of(5, 5).get(uid(5))).isEqualTo(large);
        assertThat(of(1, 100)).containsOnlyKeys(uid(5), uid(7));
        assertThat(of(7, 7).get(uid(7))).isEmpty();
        assertThat(of(8, 9)).isEmpty();
    }

    @Test
    void removedBlocksShouldBeGoneAndNoOthers() {
        for (long uid = 1; uid <= 4; uid++) {
            table.put(mailbox, uid(uid), new byte[] {(byte) uid}).block();
        }
        table.remove(mailbox, List.of(uid(1), uid(3), uid(9))).block();
        assertThat(of(1, 9)).containsOnlyKeys(uid(2), uid(4));
        table.remove(mailbox, List.of()).block();
        assertThat(of(1, 9)).containsOnlyKeys(uid(2), uid(4));
    }

    @Test
    void aDroppedMailboxShouldLeaveNothing() {
        MailboxId other = TestId.of(77);
        table.put(mailbox, uid(1), new byte[] {1}).block();
        table.put(other, uid(1), new byte[] {2}).block();
        table.drop(mailbox).block();
        assertThat(of(1, 9)).isEmpty();
        assertThat(table.of(other, MessageRange.one(uid(1))).block()).containsOnlyKeys(uid(1));
        table.drop(other).block();
    }
}
