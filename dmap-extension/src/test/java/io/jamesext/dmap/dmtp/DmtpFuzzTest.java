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
package io.jamesext.dmap.dmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.dmap.dmtp.client.ManagementRecord;
import io.jamesext.dmap.dmtp.wire.CommandLine;
import io.jamesext.dmap.dmtp.wire.DmtpDecoder;
import io.jamesext.dmap.dmtp.wire.DmtpFrame;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Whatever comes from the other side is read or refused, and nothing else. */
class DmtpFuzzTest {
    @FuzzTest
    void anyLineShouldBeReadOrRefused(byte[] input) {
        try {
            CommandLine line = CommandLine.parse(new String(input, StandardCharsets.ISO_8859_1));
            assertThat(line.verb()).matches("[A-Z]{1,16}");
            line.announced();
            line.fingerprint();
        } catch (ProtocolException e) {
            assertThat(e.failure()).isEqualTo(Failure.SYNTAX);
        }
    }

    @FuzzTest
    void anyOctetsShouldBeCut(byte[] input) {
        EmbeddedChannel channel = new EmbeddedChannel(new DmtpDecoder(1000));
        channel.writeInbound(Unpooled.wrappedBuffer(input));
        long octets = channel.inboundMessages().stream().filter(DmtpFrame.Part.class::isInstance)
            .mapToLong(part -> ((DmtpFrame.Part) part).octets().length).sum();
        assertThat(octets).isLessThanOrEqualTo(input.length);
        channel.finishAndReleaseAll();
    }

    @FuzzTest
    void anyRecordShouldBeReadOrRefused(byte[] input) {
        try {
            ManagementRecord found = ManagementRecord.parse(new String(input, StandardCharsets.ISO_8859_1));
            assertThat(found.primaryKeys()).isNotEmpty();
        } catch (ProtocolException e) {
            assertThat(e.failure()).isEqualTo(Failure.SYNTAX);
        }
    }
}
