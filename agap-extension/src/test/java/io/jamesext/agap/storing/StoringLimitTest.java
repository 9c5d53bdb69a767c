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
package io.jamesext.agap.storing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;

import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

class StoringLimitTest {
    private final StoringLimit limit = new StoringLimit();

    private boolean take(String user, String address) throws Exception {
        Optional<Username> known = Optional.of(user).filter(name -> !name.isEmpty()).map(Username::of);
        return limit.take(new Sender(known, InetAddress.getByName(address)), 2);
    }

    @Test
    void aUserShouldBeCountedWhereverTheyAre() throws Exception {
        assertThat(take("alice@example.org", "192.0.2.1")).isTrue();
        assertThat(take("alice@example.org", "192.0.2.2")).isTrue();
        assertThat(take("alice@example.org", "192.0.2.3")).isFalse();
        assertThat(take("bob@example.org", "192.0.2.1")).isTrue();
        assertThat(take("", "192.0.2.1")).isTrue();
    }

    @Test
    void strangersShouldBeCountedByNetwork() throws Exception {
        assertThat(take("", "2001:db8::1")).isTrue();
        assertThat(take("", "2001:db8::2")).isTrue();
        assertThat(take("", "2001:db8::ffff:3")).isFalse();
        assertThat(take("", "2001:db8:0:1::1")).isTrue();
        assertThat(take("", "192.0.2.1")).isTrue();
        assertThat(take("", "192.0.2.2")).isTrue();
    }

    @Test
    void zeroShouldBeNoLimit() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(limit.take(new Sender(Optional.empty(), InetAddress.getLoopbackAddress()), 0)).isTrue();
        }
    }
}
