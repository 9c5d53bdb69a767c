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

package io.jamesext.kernel.expunge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.TestId;
import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Flux;

/** What every store of tombstones does. */
interface TombstonesContract {
    /** An empty one. */
    Tombstones tombstones();

    /** A mailbox that no other test uses. */
    MailboxId mailbox();

    private static List<Tombstone> at(long modSeq, long... uids) {
        return Tombstone.of(ModSeq.of(modSeq), LongStream.of(uids).mapToObj(MessageUid::of).toList());
    }

    private List<Tombstone> after(long modSeq) {
        return tombstones().after(mailbox(), ModSeq.of(modSeq)).collectList().block();
    }

    @Test
    default void nothingShouldBeKnownOfANewMailbox() {
        assertThat(tombstones().floor(mailbox()).blockOptional()).isEmpty();
        assertThat(after(0)).isEmpty();
        assertThat(tombstones().latest(mailbox(), 9).collectList().block()).isEmpty();
        assertThat(tombstones().before(mailbox(), 0).blockOptional()).isEmpty();
    }

    @Test
    default void afterShouldLeaveOutWhatTheClientKnows() {
        tombstones().put(mailbox(), at(5, 1, 2, 3, 9)).block();
        tombstones().put(mailbox(), at(3, 7)).block();
        tombstones().put(mailbox(), at(8, 4)).block();
        assertThat(after(2)).extracting(Tombstone::sequenceSet).containsExactly("7:7", "1:3,9:9", "4:4");
        assertThat(after(3)).extracting(Tombstone::sequenceSet).containsExactly("1:3,9:9", "4:4");
        assertThat(after(8)).isEmpty();
    }

    @Test
    default void tombstonesOfOneModSeqShouldStandBesideEachOther() {
        tombstones().put(mailbox(), at(5, 1)).block();
        tombstones().put(mailbox(), at(5, 2)).block();
        assertThat(after(4)).extracting(Tombstone::sequenceSet).containsExactlyInAnyOrder("1:1", "2:2");
    }

    @Test
    default void manyRangesShouldBecomeSeveralTombstones() {
        tombstones().put(mailbox(), at(5, LongStream.range(1, 2 * Tombstone.MAX_RANGES + 2).map(n -> 2 * n).toArray())).block();
        assertThat(after(4)).hasSize(3);
        assertThat(after(4).stream().flatMap(tombstone -> ImmutableList.copyOf(tombstone.each()).stream()))
            .hasSize(2 * Tombstone.MAX_RANGES + 1);
    }

    @Test
    default void latestShouldComeFirst() {
        tombstones().put(mailbox(), at(5, 1)).block();
        tombstones().put(mailbox(), at(6, 2)).block();
        tombstones().put(mailbox(), at(7, 3)).block();
        assertThat(tombstones().latest(mailbox(), 2).map(Tombstone::sequenceSet).collectList().block()).containsExactly("3:3", "2:2");
        assertThat(tombstones().before(mailbox(), 2).block()).isEqualTo(ModSeq.of(5));
        assertThat(tombstones().before(mailbox(), 3).blockOptional()).isEmpty();
    }

    @Test
    default void floorShouldNeverSink() {
        tombstones().raiseFloor(mailbox(), ModSeq.of(5)).block();
        tombstones().raiseFloor(mailbox(), ModSeq.of(3)).block();
        assertThat(tombstones().floor(mailbox()).block()).isEqualTo(ModSeq.of(5));
        Flux.fromStream(IntStream.rangeClosed(1, 20).boxed())
            .flatMap(n -> tombstones().raiseFloor(mailbox(), ModSeq.of(n)).subscribeOn(Blocking.SCHEDULER), 20)
            .blockLast();
        assertThat(tombstones().floor(mailbox()).block()).isEqualTo(ModSeq.of(20));
    }

    @Test
    default void floorAloneShouldBeNoTombstone() {
        tombstones().raiseFloor(mailbox(), ModSeq.of(5)).block();
        assertThat(after(0)).isEmpty();
        assertThat(tombstones().latest(mailbox(), 9).collectList().block()).isEmpty();
        assertThat(tombstones().before(mailbox(), 0).blockOptional()).isEmpty();
    }

    @Test
    default void removedOnesShouldBeGoneAndTheFloorStay() {
        tombstones().raiseFloor(mailbox(), ModSeq.of(2)).block();
        tombstones().put(mailbox(), at(5, 1)).block();
        tombstones().put(mailbox(), at(6, 2)).block();
        tombstones().removeUpTo(mailbox(), ModSeq.of(5)).block();
        assertThat(after(0)).extracting(Tombstone::sequenceSet).containsExactly("2:2");
        assertThat(tombstones().floor(mailbox()).block()).isEqualTo(ModSeq.of(2));
    }

    @Test
    default void droppedMailboxShouldLeaveNothing() {
        tombstones().raiseFloor(mailbox(), ModSeq.of(2)).block();
        tombstones().put(mailbox(), at(5, 1)).block();
        tombstones().put(TestId.of(77), at(5, 1)).block();
        tombstones().drop(mailbox()).block();
        assertThat(after(0)).isEmpty();
        assertThat(tombstones().floor(mailbox()).blockOptional()).isEmpty();
        assertThat(tombstones().after(TestId.of(77), ModSeq.first()).collectList().block()).hasSize(1);
        tombstones().drop(TestId.of(77)).block();
    }
}
