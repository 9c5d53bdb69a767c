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
package io.jamesext.dmap.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.james.mailbox.model.TestId;
import org.junit.jupiter.api.Test;

import io.jamesext.dmap.wire.Limits;

class SyncStateTest {
    private static final MailboxPoint INBOX = new MailboxPoint("INBOX", TestId.of(1), 7, 100);
    private static final MailboxPoint SENT = new MailboxPoint("Sent", TestId.of(2), 8, 100);

    private static SyncState read(List<MailboxPoint> points) {
        return SyncState.parse(SyncState.of(points).token()).orElseThrow();
    }

    @Test
    void whatIsWrittenShouldBeRead() {
        assertThat(read(List.of(INBOX, SENT))).isEqualTo(SyncState.of(List.of(SENT, INBOX)));
        assertThat(read(List.of())).isEqualTo(SyncState.of(List.of()));
    }

    @Test
    void anyDifferenceShouldBeSeen() {
        SyncState state = read(List.of(INBOX, SENT));
        assertThat(state.knows(INBOX)).isTrue();
        assertThat(state.knows(new MailboxPoint("INBOX", TestId.of(1), 7, 101))).isFalse();
        assertThat(state.knows(new MailboxPoint("INBOX", TestId.of(1), 9, 100))).isFalse();
        assertThat(state.knows(new MailboxPoint("INBOX", TestId.of(3), 7, 100))).isFalse();
        assertThat(state.knows(new MailboxPoint("Outbox", TestId.of(2), 8, 100))).isFalse();
    }

    @Test
    void removedAddedAndRenamedMailboxesShouldChangeTheNames() {
        long names = read(List.of(INBOX, SENT)).names();
        assertThat(SyncState.of(List.of(INBOX)).names()).isNotEqualTo(names);
        assertThat(SyncState.of(List.of(INBOX, new MailboxPoint("Outbox", TestId.of(2), 8, 100))).names()).isNotEqualTo(names);
        assertThat(SyncState.of(List.of(new MailboxPoint("INBOX", TestId.of(1), 7, 900), SENT)).names()).isEqualTo(names);
    }

    @Test
    void aThousandMailboxesShouldFitOnALine() {
        List<MailboxPoint> thousand = IntStream.range(0, 1000)
            .mapToObj(number -> new MailboxPoint("mailbox " + number, TestId.of(number), number, number))
            .toList();
        assertThat(SyncState.of(thousand).token().length()).isLessThan(Limits.LINE - 100);
    }
}
