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
package io.jamesext.dmap.reply;

import java.util.List;

import com.google.common.collect.Lists;
import com.google.common.collect.RangeSet;

import io.jamesext.dmap.wire.DmapWriter;

/**
 * The VANISHED response: messages of these UIDs are gone. RFC 7162 section 3.2.10.
 *
 * @param earlier true when message numbers do not change by it, for the messages went before or were never counted
 * @param uids as many as fit on a line
 */
public record Vanished(boolean earlier, NumberSet uids) implements DmapReply {
    /** At most 21 octets each: a client need not read lines without end. */
    private static final int RANGES_ON_A_LINE = 300;

    /** As many responses as these UIDs need. */
    public static List<Vanished> of(boolean earlier, RangeSet<Long> uids) {
        return Lists.partition(NumberSet.of(uids).ranges(), RANGES_ON_A_LINE).stream()
            .map(part -> new Vanished(earlier, new NumberSet(part)))
            .toList();
    }

    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("VANISHED");
        if (earlier) {
            writer.open('(').word("EARLIER").close(')');
        }
        writer.word(uids.toString()).end();
    }
}
