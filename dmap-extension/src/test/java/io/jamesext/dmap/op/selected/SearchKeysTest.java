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
package io.jamesext.dmap.op.selected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableList;

import io.jamesext.dmap.wire.DmapDecoder;
import io.jamesext.dmap.wire.DmapReader;
import io.jamesext.dmap.wire.Frame;
import io.jamesext.dmap.wire.Limits;
import io.jamesext.dmap.wire.SequenceSet;
import io.jamesext.kernel.failure.ProtocolException;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

class SearchKeysTest {
    private static SearchKey read(String criteria) {
        EmbeddedChannel channel = new EmbeddedChannel(new DmapDecoder(new Limits(65536, 131072, 131072)));
        channel.writeInbound(Unpooled.copiedBuffer("a1 SEARCH " + criteria + "\r\n", StandardCharsets.US_ASCII));
        DmapReader arguments = new DmapReader(((Frame.Command) channel.readInbound()).text());
        arguments.expectAtom("a tag");
        arguments.expectSpace().expectWord("SEARCH");
        return new SearchKeys(arguments).rest();
    }

    @Test
    void deepNestingShouldBeRefusedHoweverItIsMade() {
        for (String level : new String[] {"(", "NOT ", "OR ALL ", "NOT (", "OR (ALL) ("}) {
            assertThatThrownBy(() -> read(level.repeat(700) + "ALL")).as(level)
                .isInstanceOf(ProtocolException.class).hasMessageContaining("too deeply");
        }
    }

    @Test
    void manyCriteriaShouldBeRefused() {
        assertThatThrownBy(() -> read("NOT 1 ".repeat(700) + "ALL")).isInstanceOf(ProtocolException.class)
            .hasMessageContaining("too many");
    }

    @Test
    void longSetsShouldNotBeHeldAgainstEveryMessage() {
        SequenceSet odd = new SequenceSet(LongStream.range(0, 40_000)
            .mapToObj(number -> new SequenceSet.Range(2 * number + 1, 2 * number + 1)).collect(ImmutableList.toImmutableList()));
        Predicate<SearchKey.Candidate> wanted = new SearchKey.Numbers(odd, false).matching(new SearchKey.Largest(200_000, 200_000));

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(LongStream.rangeClosed(1, 200_000)
            .filter(number -> wanted.test(SearchKey.Candidate.of((int) number, number))).count()).isEqualTo(40_000));
    }
}
