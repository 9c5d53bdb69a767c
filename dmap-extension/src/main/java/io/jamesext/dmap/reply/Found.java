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
import java.util.Optional;
import java.util.OptionalLong;

import io.jamesext.dmap.wire.DmapWriter;

/**
 * A piece of the SEARCH response. Draft section 7.6.3; it has no section of its own.
 *
 * @param isFirst true when the response begins here
 * @param numbers messages found
 * @param end present when it ends here
 */
public record Found(boolean isFirst, List<Long> numbers, Optional<End> end) implements DmapReply {
    /** The end, with the highest mod-sequence found where MODSEQ was a criterion. RFC 7162 section 3.1.5. */
    public record End(OptionalLong modSeq) {
    }

    /** Its beginning. */
    public static Found first() {
        return new Found(true, List.of(), Optional.empty());
    }

    /** Some messages. */
    public static Found some(List<Long> numbers) {
        return new Found(false, numbers, Optional.empty());
    }

    /** Its end. */
    public static Found last(OptionalLong modSeq) {
        return new Found(false, List.of(), Optional.of(new End(modSeq)));
    }

    @Override
    public void writeTo(DmapWriter writer) {
        if (isFirst) {
            writer.word(Status.UNTAGGED).word("SEARCH");
        }
        writer.continued();
        numbers.forEach(writer::number);
        end.ifPresent(present -> {
            present.modSeq().ifPresent(modSeq -> writer.open('(').word("MODSEQ").number(modSeq).close(')'));
            writer.end();
        });
    }
}
