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
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.Test;

/** Messages that do not come in the order of their UIDs, or too many at once. */
class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    private void came(long... uids) {
        arrivals.came(uids(uids), false);
    }

    private void went(long... uids) {
        arrivals.went(uids(uids), uid -> false);
    }

    private List<MessageUid> told() {
        return List.copyOf(arrivals.take(Integer.MAX_VALUE).keySet());
    }

    private void read(MessageRange range, boolean all, long... found) {
        assertThat(arrivals.toRead(1)).contains(range);
        arrivals.read(uids(found), all);
    }

    private static MessageRange range(long from, long to) {
        return MessageRange.range(MessageUid.of(from), MessageUid.of(to));
    }

    private static MessageRange from(long uid) {
        return MessageRange.from(MessageUid.of(uid));
    }

    private static void waitForPatienceToEnd() throws Exception {
        Thread.sleep(Arrivals.PATIENCE.toMillis());
    }

    private void begin(long last) {
        assertThat(arrivals.begin(MessageUid.of(last))).isEmpty();
    }

    @Test
    void aMessageShouldWaitForOneBelowIt() {
        begin(4);
        came(6);
        assertThat(arrivals.areHeld()).isTrue();
        assertThat(arrivals.areReady()).isFalse();
        assertThat(told()).isEmpty();
        assertThat(arrivals.toRead(1)).isEmpty();
        came(5);
        assertThat(arrivals.areHeld()).isFalse();
        assertThat(arrivals.areReady()).isTrue();
        assertThat(told()).isEqualTo(uids(5, 6));
        assertThat(arrivals.areReady()).isFalse();
    }

    @Test
    void noMessageShouldWaitWhereNoneIsMissing() {
        came(5, 6);
        assertThat(arrivals.areHeld()).as("before the mailbox was read").isFalse();
        begin(4);
        assertThat(told()).isEqualTo(uids(5, 6));
        came(7, 8, 3);
        assertThat(told()).isEqualTo(uids(7, 8));
        went(9);
        came(10);
        assertThat(told()).isEqualTo(uids(10));
    }

    @Test
    void patienceShouldEnd() throws Exception {
        begin(1);
        came(3, 5);
        waitForPatienceToEnd();
        came(7);
        assertThat(arrivals.areReady()).isTrue();
        assertThat(told()).as("before the mailbox was asked").isEmpty();
        read(range(2, 5), true, 3, 5);
        assertThat(told()).isEqualTo(uids(3, 5));
        assertThat(arrivals.areHeld()).as("7 has not waited yet").isTrue();
        came(6);
        assertThat(told()).isEqualTo(uids(6, 7));
    }

    @Test
    void aMessageWhoseEventIsLostShouldBeFoundWhenPatienceEnds() throws Exception {
        begin(1);
        came(4);
        waitForPatienceToEnd();
        read(range(2, 4), false, 2);
        assertThat(told()).isEqualTo(uids(2));
        read(range(3, 4), true, 3, 4);
        came(3);
        assertThat(told()).isEqualTo(uids(3, 4));
        came(3);
        assertThat(told()).isEmpty();
    }

    @Test
    void aMessageThatWasOnItsWayWhenTheMailboxWasReadShouldBeWaitedForAsLong() throws Exception {
        begin(10);
        arrivals.givenOut(MessageUid.of(12));
        came(12);
        assertThat(told()).isEmpty();
        came(11);
        assertThat(told()).isEqualTo(uids(11, 12));
    }

    @Test
    void whatIsMissingSinceTheMailboxWasReadShouldNotBeWaitedForLater() throws Exception {
        begin(10);
        arrivals.givenOut(MessageUid.of(12));
        waitForPatienceToEnd();
        came(13, 15);
        read(range(11, 12), true);
        assertThat(told()).isEqualTo(uids(13));
        assertThat(arrivals.areHeld()).isTrue();
    }

    @Test
    void whatIsReadyShouldBeToldBeforeMoreIsRead() throws Exception {
        begin(1);
        came(2, 3, 5);
        waitForPatienceToEnd();
        assertThat(arrivals.toRead(2)).isEmpty();
        assertThat(arrivals.toRead(3)).contains(range(4, 5));
    }

    /** RFC 3501 section 2.3.1.1: it would push the messages above it one number up. */
    @Test
    void aMessageThatComesTooLateShouldNotBeTold() throws Exception {
        begin(1);
        came(3);
        waitForPatienceToEnd();
        read(range(2, 3), true, 3);
        assertThat(told()).isEqualTo(uids(3));
        came(2);
        went(3);
        assertThat(told()).isEmpty();
        came(4);
        assertThat(told()).isEqualTo(uids(4));
    }

    @Test
    void whatComesWhileTheMailboxIsReadShouldBeThereWithTheRest() {
        came(3, 6);
        assertThat(arrivals.begin(MessageUid.of(5))).isEqualTo(uids(3));
        assertThat(told()).isEqualTo(uids(6));
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
        assertThat(arrivals.toRead(1)).contains(from(1));
        came(1, 2);
        went(2, 3);
        came(3);
        arrivals.read(uids(2, 3, 4), true);
        assertThat(told()).isEqualTo(uids(1, 4));
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
        assertThat(arrivals.areReady()).isTrue();
        assertThat(told()).isEmpty();
        assertThat(arrivals.gone()).hasSizeLessThanOrEqualTo(Arrivals.MAX_WAITING);
        assertThat(arrivals.toRead(1)).contains(from(1));
        came(7);
        went(2);
        arrivals.read(uids(1, 2, 4), false);
        assertThat(told()).as("what is between was not read").isEqualTo(uids(1, 4));
        assertThat(arrivals.areReady()).isTrue();
        assertThat(arrivals.toRead(1)).contains(from(5));
        came(9);
        arrivals.read(uids(6, 7, 8), true);
        assertThat(told()).isEqualTo(uids(6, 7, 8, 9));
        assertThat(arrivals.areReady()).isFalse();
    }

    @Test
    void aListShouldNotCountWhereTooMuchHappenedWhileItWasRead() {
        begin(0);
        came(LongStream.rangeClosed(1, Arrivals.MAX_WAITING + 1).toArray());
        assertThat(arrivals.toRead(1)).contains(from(1));
        went(LongStream.rangeClosed(1, Arrivals.MAX_WAITING + 1).toArray());
        arrivals.read(uids(1, 2, 20_000), true);
        assertThat(told()).isEmpty();
        read(from(1), true, 20_000);
        assertThat(told()).isEqualTo(uids(20_000));
    }

    private static List<MessageUid> uids(long... uids) {
        return LongStream.of(uids).mapToObj(MessageUid::of).toList();
    }
}
