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
package io.jamesext.agap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableList;

import io.jamesext.kernel.operation.Operations;
import io.jamesext.kernel.server.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What a client is told instead of the welcome: AGAP section 4.4. Two of the three are in the transcript of the welcome too. */
class AgapProtocolTest {
    private static String told(Refusal refusal) {
        AgapProtocol protocol = new AgapProtocol(new Operations<>(ImmutableList.of()), AgapSettings.of(new BaseHierarchicalConfiguration()),
            "localhost");
        ByteBuf out = Unpooled.buffer();
        protocol.encode(protocol.refused(refusal, InetAddress.getLoopbackAddress()).orElseThrow(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Figure 30. */
    @Test
    void aServerThatCannotServeShouldSaySo() {
        assertThat(told(Refusal.BROKEN)).isEqualTo("401 Internal error, please contact our administrator\r\n");
    }

    /** Figure 31. */
    @Test
    void oneTooManyShouldBeToldToRetry() {
        assertThat(told(Refusal.TOO_MANY_CONNECTIONS)).isEqualTo("410 Sorry, too many connections, please retry later\r\n");
    }

    /** Figure 32. */
    @Test
    void aRefusedAddressShouldBeToldSo() {
        assertThat(told(Refusal.ADDRESS_REFUSED)).isEqualTo("531 Your IP (127.0.0.1) is blacklisted\r\n");
    }
}
