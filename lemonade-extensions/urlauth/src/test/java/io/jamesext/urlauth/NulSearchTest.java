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

package io.jamesext.urlauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class NulSearchTest {
    private static final int OCTETS = 80;

    @Test
    void nulShouldBeFoundInEveryPlaceBetweenAllOctets() {
        for (int filler = 1; filler < 256; filler++) {
            byte[] octets = new byte[OCTETS];
            Arrays.fill(octets, (byte) filler);
            assertThat(NulSearch.next(octets, 3, OCTETS)).isEqualTo(OCTETS);
            for (int nul = 0; nul < OCTETS; nul++) {
                octets[nul] = 0;
                assertThat(NulSearch.next(octets, 3, OCTETS)).as("%d in %d", nul, filler).isEqualTo(nul < 3 ? OCTETS : nul);
                assertThat(NulSearch.next(octets, 0, nul)).as("before %d in %d", nul, filler).isEqualTo(nul);
                octets[nul] = (byte) filler;
            }
        }
    }
}
