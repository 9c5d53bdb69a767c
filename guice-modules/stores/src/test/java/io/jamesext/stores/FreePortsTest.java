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
package io.jamesext.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class FreePortsTest {
    /** Nobody listens on any of them yet. */
    @Test
    void noPortShouldBeGivenTwiceInARow() {
        List<Integer> ports = IntStream.range(0, 200).mapToObj(i -> FreePorts.take(7)).flatMap(List::stream).toList();

        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void aPortThatIsListenedOnShouldNotBeGiven() throws Exception {
        int next = FreePorts.inARow(1) + 2;

        try (ServerSocket taken = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.take(3)).doesNotContain(taken.getLocalPort());
        }
    }
}
