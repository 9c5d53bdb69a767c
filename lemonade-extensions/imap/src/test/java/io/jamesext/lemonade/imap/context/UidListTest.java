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
package io.jamesext.lemonade.imap.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidListTest {
    private static UidList list(long... uids) {
        return UidList.of(LongStream.of(uids));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"3,2,1; 3,2,1", "1,2,3; 1:3", "10,11,12,9,1,2; 10:12,9,1:2", "4294967295; 4294967295",
        "4294967294,4294967295,1; 4294967294:4294967295,1"})
    void setsShouldKeepTheOrderAndHaveAscendingRangesOnly(String uids, String set) {
        assertThat(UidList.of(Arrays.stream(uids.split(",")).mapToLong(Long::parseLong))).hasToString(set);
    }

    /** RFC 5267 section 4.3.3: "The last is the preferred representation." */
    @Test
    void neighboursShouldBeAddedInOneStep() {
        UidList.Changed changed = list(2734, 2735).with(new Order.Placing(list(2731, 2732, 2733), new int[] {0, 0, 0}));
        assertThat(changed.steps()).containsExactly(new UidList.Step(1, list(2731, 2732, 2733)));
        assertThat(changed.list()).isEqualTo(list(2731, 2732, 2733, 2734, 2735));
    }

    @Test
    void neighboursShouldBeRemovedInOneStep() {
        assertThat(list(9, 3, 7, 5, 1).without(new long[] {3, 5, 7, 8}).steps()).containsExactly(new UidList.Step(2, list(3, 7, 5)));
        assertThat(list(9, 3, 7, 5, 1).without(new long[] {1, 9}).steps())
            .containsExactly(new UidList.Step(1, list(9)), new UidList.Step(4, list(1)));
    }

    /** A client that takes the steps one after the other, as RFC 5267 sections 4.3.3 and 4.3.4 say, has the list. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stepsShouldLeadToTheList(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Long> universe = LongStream.rangeClosed(1, 30).boxed().collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(universe, random);
            List<Long> before = universe.stream().filter(uid -> random.nextInt(3) > 0).toList();
            TreeSet<Long> gone = before.stream().filter(uid -> random.nextInt(3) == 0).collect(Collectors.toCollection(TreeSet::new));
            List<Long> client = new ArrayList<>(before);
            UidList.Changed removal = UidList.of(before).without(gone.stream().mapToLong(Long::longValue).toArray());
            for (UidList.Step step : removal.steps()) {
                step.uids().stream().forEach(uid -> assertThat(client.remove(step.position() - 1)).isEqualTo(uid));
            }
            List<Long> rest = before.stream().filter(uid -> !gone.contains(uid)).toList();
            assertThat(client).as("seed %d", seed).isEqualTo(rest).isEqualTo(removal.list().stream().boxed().toList());

            List<Long> others = universe.stream().filter(uid -> !before.contains(uid)).toList();
            int[] places = others.stream()
                .mapToInt(uid -> (int) rest.stream().filter(one -> universe.indexOf(one) < universe.indexOf(uid)).count()).toArray();
            UidList.Changed addition = removal.list().with(new Order.Placing(UidList.of(others), places));
            for (UidList.Step step : addition.steps()) {
                client.addAll(step.position() - 1, step.uids().stream().boxed().toList());
            }
            assertThat(client).as("seed %d", seed).isEqualTo(universe.stream().filter(uid -> !gone.contains(uid)).toList())
                .isEqualTo(addition.list().stream().boxed().toList());
        }
    }
}
