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

package io.jamesext.testing.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class WorkingDirectoryTest {
    private static final Ports PORTS = Ports.from(20_000);

    @Test
    void defaultPortsShouldBeReplacedAndTheirListenersNoted() {
        Set<Listener> found = EnumSet.noneOf(Listener.class);

        String text = WorkingDirectory.onLoopback("<bind>0.0.0.0:1143</bind>\n<bind>127.0.0.1:1993</bind>\n", PORTS, found);

        assertThat(text).isEqualTo("<bind>127.0.0.1:20000</bind>\n<bind>127.0.0.1:20001</bind>\n");
        assertThat(found).containsExactly(Listener.IMAP, Listener.IMAPS);
    }

    @Test
    void portsInPropertiesShouldBeReplaced() {
        Set<Listener> found = EnumSet.noneOf(Listener.class);

        String text = WorkingDirectory.onLoopback("host=127.0.0.1\nport=8000\njmx.port=9999\n", PORTS, found);

        assertThat(text).isEqualTo("host=127.0.0.1\nport=" + PORTS.of(Listener.WEBADMIN) + "\njmx.port=" + PORTS.of(Listener.JMX) + "\n");
        assertThat(found).containsExactly(Listener.WEBADMIN, Listener.JMX);
    }

    @Test
    void passwordsShouldBeTakenInTheClear() {
        String text = WorkingDirectory.onLoopback("<plainAuthDisallowed>true</plainAuthDisallowed>", PORTS, EnumSet.noneOf(Listener.class));

        assertThat(text).isEqualTo("<plainAuthDisallowed>false</plainAuthDisallowed>");
    }
}
