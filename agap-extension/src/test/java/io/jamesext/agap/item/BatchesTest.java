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

package io.jamesext.agap.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

import org.apache.james.mailbox.MessageUid;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/** Against a store that has room for so much, takes a batch whole or not at all, and has lost some of the items. */
class BatchesTest {
    private static final ProtocolException FULL = new ProtocolException(Failure.OVER_QUOTA, "full");

    /** The store. */
    private static final class Store {
        private final long[] sizes;
        private long room;
        private final List<Integer> taken = new ArrayList<>();

        Store(long[] sizes, long room) {
            this.sizes = sizes;
            this.room = room;
        }

        /** A size of 0 is an item that is there no more. */
        Flux<Long> take(List<MessageUid> batch) {
            List<Integer> present = batch.stream().map(uid -> (int) uid.asLong() - 1).filter(item -> sizes[item] > 0).toList();
            long size = present.stream().mapToLong(item -> sizes[item]).sum();
            if (size > room) {
                return Flux.error(FULL);
            }
            room -= size;
            taken.addAll(present);
            return Flux.just((long) present.size());
        }
    }

    private static Flux<List<MessageUid>> batches(int items, int size) {
        return Flux.fromStream(LongStream.rangeClosed(1, items).mapToObj(MessageUid::of)).buffer(size);
    }

    @Test
    void whatFitsShouldBeDoneOnceInOrderAndAllBeCounted() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int items = random.nextInt(60);
            long[] sizes = LongStream.generate(() -> random.nextInt(10)).limit(items).toArray();
            long room = random.nextInt(400);
            Store store = new Store(sizes, room);

            Batches.Outcome outcome = Batches.run(batches(items, 1 + random.nextInt(20)), store::take).block();

            List<Integer> expected = new ArrayList<>();
            long left = room;
            int first = 0;
            for (; first < items && sizes[first] <= left; first++) {
                left -= sizes[first];
                if (sizes[first] > 0) {
                    expected.add(first);
                }
            }
            assertThat(store.taken).as("seed %d", seed).isEqualTo(expected);
            assertThat(outcome).as("seed %d", seed)
                .isEqualTo(new Batches.Outcome(items, expected.size(), first < items ? Optional.of(FULL) : Optional.empty()));
        }
    }

    /** James cuts a batch into parts where it is configured to, and one of these may not fit. */
    @Test
    void aBatchOfWhichAPartWasDoneShouldNotBeTriedAgain() {
        List<Integer> sizes = new ArrayList<>();

        Batches.Outcome outcome = Batches.run(batches(20, 10), batch -> {
            sizes.add(batch.size());
            return Flux.just(4L).concatWith(Flux.error(FULL));
        }).block();

        assertThat(sizes).containsExactly(10);
        assertThat(outcome).isEqualTo(new Batches.Outcome(20, 4, Optional.of(FULL)));
    }

    @Test
    void aFaultOfOursShouldBeNoPartialSuccess() {
        IllegalStateException fault = new IllegalStateException("fault");

        assertThatThrownBy(() -> Batches.run(batches(10, 3), batch -> batch.contains(MessageUid.of(5)) ? Flux.error(fault) : Flux.just(3L))
            .block()).isSameAs(fault);
    }
}
