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

package io.jamesext.lemonade.imap.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForestTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void treesShouldBeThoseOfPlainParents(long seed) {
        Random random = new Random(seed);
        Forest forest = new Forest();
        int size = 40;
        int[] parents = new int[size];
        for (int node = 0; node < size; node++) {
            assertThat(forest.add()).isEqualTo(node);
        }
        Arrays.fill(parents, Forest.NONE);
        for (int step = 0; step < 5000; step++) {
            int child = random.nextInt(size);
            if (parents[child] != Forest.NONE && random.nextInt(3) == 0) {
                forest.cut(child);
                parents[child] = Forest.NONE;
            } else if (parents[child] == Forest.NONE) {
                int parent = random.nextInt(size);
                forest.link(parent, child);
                if (!isBelow(parent, child, parents)) {
                    parents[child] = parent;
                }
            }
            for (int node = 0; node < size; node++) {
                assertThat(forest.parent(node)).as("seed %d, step %d", seed, step).isEqualTo(parents[node]);
            }
        }
    }

    private static boolean isBelow(int node, int above, int[] parents) {
        for (int at = node; at != Forest.NONE; at = parents[at]) {
            if (at == above) {
                return true;
            }
        }
        return false;
    }

    @Test
    void deepTreesShouldBeQuick() {
        int size = 200_000;
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            Forest forest = new Forest();
            for (int node = 0; node < size; node++) {
                forest.add();
            }
            // Every second link first: each of the others joins a chain to the end of a longer one.
            for (int first = 2; first > 0; first--) {
                for (int node = first; node < size; node += 2) {
                    forest.link(node - 1, node);
                }
            }
            for (int node = 0; node < size; node++) {
                forest.link(size - 1, 0);
            }
            assertThat(forest.parent(0)).isEqualTo(Forest.NONE);
            assertThat(forest.parent(size - 1)).isEqualTo(size - 2);
        });
    }
}
