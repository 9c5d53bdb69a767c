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

/** Messages that do not come in the order of their UIDs, or too many at once. */
class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    private boolean came(long... uids) {
        return arrivals.came(uids(uids), false);
    }

    private boolean went(long... uids) {
        return arrivals.went(uids(uids), uid -> false);
    }

    private List<MessageUid> told() {
        return List.copyOf(arrivals.take(Integer.MAX_VALUE).keySet());
    }

    private void begin(long last) {
        assertThat(arrivals.begin(MessageUid.of(last))).isEmpty();
    }

    @Test
    void aMessageShouldWaitForOneBelowIt() {
        begin(4);
        assertThat(came(6)).isTrue();
        assertThat(arrivals.areReady()).isFalse();
        assertThat(told()).isEmpty();
        assertThat(came(5)).isFalse();
        assertThat(arrivals.areReady()).isTrue();
        assertThat(told()).isEqualTo(uids(5, 6));
        assertThat(arrivals.areReady()).isFalse();
    }

    @Test
    void noMessageShouldWaitWhereNoneIsMissing() {
        assertThat(came(5, 7)).as("before the mailbox was read").isFalse();
        begin(4);
        arrivals.completeUpTo(6);
        assertThat(told()).isEqualTo(uids(5, 7));
        assertThat(came(8, 9, 3)).isFalse();
        assertThat(told()).isEqualTo(uids(8, 9));
    }

    @Test
    void patienceShouldEnd() throws Exception {
        begin(1);
        assertThat(came(3)).isTrue();
        assertThat(came(5)).as("waits with the first").isFalse();
        assertThat(told()).isEmpty();
        Thread.sleep(Arrivals.PATIENCE.toMillis());
        assertThat(told()).isEqualTo(uids(3, 5));
        assertThat(came(6)).isFalse();
        assertThat(told()).isEqualTo(uids(6));
    }

    /** RFC 3501 section 2.3.1.1: it would push the messages above it one number up. */
    @Test
    void aMessageThatComesTooLateShouldNotBeTold() throws Exception {
        begin(1);
        came(3);
        Thread.sleep(Arrivals.PATIENCE.toMillis());
        assertThat(told()).isEqualTo(uids(3));
        came(2);
        went(3);
        assertThat(told()).isEmpty();
        came(4);
        assertThat(told()).isEqualTo(uids(4));
    }

    @Test
    void whatComesWhileTheMailboxIsReadShouldBeThereWithTheRest() {
        came(3, 9);
        assertThat(arrivals.begin(MessageUid.of(5))).isEqualTo(uids(3));
        arrivals.completeUpTo(8);
        assertThat(told()).isEqualTo(uids(9));
    }

    @Test
    void aMessageThatWentBeforeItCameShouldNotBeTold() {
        begin(4);
        went(5);
        came(5, 6);
        assertThat(told()).isEqualTo(uids(6));
    }

    @Test
    void whatGoesWhileTheMailboxIsReadAgainShouldNotBeTold() {
        begin(0);
        came(LongStream.rangeClosed(1, Arrivals.MAX_WAITING + 1).toArray());
        went(1);
        arrivals.catchUp();
        came(1, 2);
        went(2, 3);
        came(3);
        arrivals.caughtUp(uids(2, 3, 4), true);
        assertThat(told()).isEqualTo(uids(4));
    }

    @Test
    void aFewShouldBeTakenInOrder() {
        begin(0);
        came(1, 2, 3);
        assertThat(arrivals.take(2).keySet()).containsExactlyElementsOf(uids(1, 2));
        assertThat(arrivals.areReady()).isTrue();
        assertThat(told()).isEqualTo(uids(3));
    }

    @Test
    void tooManyShouldBeReadAgainAndNotRemembered() {
        begin(0);
        came(LongStream.rangeClosed(1, Arrivals.MAX_WAITING + 1).toArray());
        came(20_000);
        went(LongStream.rangeClosed(30_000, 50_000).toArray());
        assertThat(arrivals.isBehind()).isTrue();
        assertThat(arrivals.areReady()).isTrue();
        assertThat(told()).isEmpty();
        assertThat(arrivals.gone()).hasSizeLessThanOrEqualTo(Arrivals.MAX_WAITING);
        arrivals.catchUp();
        came(7);
        went(2);
        arrivals.caughtUp(uids(1, 2, 4), false);
        assertThat(told()).as("what is between was not read").isEqualTo(uids(1, 4));
        assertThat(arrivals.isBehind()).isTrue();
        arrivals.catchUp();
        came(9);
        arrivals.caughtUp(uids(6, 7, 8), true);
        assertThat(told()).isEqualTo(uids(6, 7, 8, 9));
        assertThat(arrivals.isBehind()).isFalse();
    }

    private static List<MessageUid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(MessageUid::of).toList();
    }
}
