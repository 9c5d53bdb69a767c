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
package io.jamesext.lemonade.imap.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

import org.apache.james.mailbox.MessageUid;
import org.junit.jupiter.api.Test;

/** Messages that do not come in the order of their UIDs. */
class ArrivalOrderTest {
    private final ArrivalOrder order = new ArrivalOrder();

    @Test
    void aMessageShouldWaitForOneBelowIt() {
        order.begin(4);
        assertThat(order.note(uids(6))).isTrue();
        assertThat(order.mayBeTold(MessageUid.of(6))).isFalse();
        assertThat(order.note(uids(5))).isFalse();
        assertThat(order.mayBeTold(MessageUid.of(5))).isTrue();
        assertThat(order.mayBeTold(MessageUid.of(6))).isTrue();
    }

    @Test
    void noMessageShouldWaitWhereNoneIsMissing() {
        assertThat(order.note(uids(5, 7))).as("before the mailbox was read").isFalse();
        order.begin(4);
        order.begin(6);
        assertThat(order.mayBeTold(MessageUid.of(7))).isTrue();
        assertThat(order.note(uids(8, 9, 3))).isFalse();
        assertThat(order.mayBeTold(MessageUid.of(9))).isTrue();
    }

    @Test
    void patienceShouldEnd() throws Exception {
        order.begin(1);
        assertThat(order.note(uids(3))).isTrue();
        assertThat(order.note(uids(5))).as("waits with the first").isFalse();
        assertThat(order.mayBeTold(MessageUid.of(3))).isFalse();
        Thread.sleep(ArrivalOrder.PATIENCE.toMillis());
        assertThat(order.mayBeTold(MessageUid.of(3))).isTrue();
        assertThat(order.mayBeTold(MessageUid.of(5))).isTrue();
        assertThat(order.note(uids(6))).isFalse();
        assertThat(order.mayBeTold(MessageUid.of(6))).isTrue();
    }

    private static List<MessageUid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(MessageUid::of).toList();
    }
}
