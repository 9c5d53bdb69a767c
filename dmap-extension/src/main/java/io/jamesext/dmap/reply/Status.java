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

import java.util.Optional;

import io.jamesext.dmap.wire.DmapWriter;

/**
 * A status response. Draft section 8.1.
 *
 * @param tag the command's, or {@link #UNTAGGED}
 * @param condition its first word
 * @param code what software reads
 * @param text what people read
 */
public record Status(String tag, Condition condition, Optional<ResponseCode> code, String text) implements DmapReply {
    /** Stands where a tag would. Draft section 3.2.2. */
    public static final String UNTAGGED = "*";

    /** An untagged one with a code. */
    public static Status untagged(Condition condition, ResponseCode code, String text) {
        return new Status(UNTAGGED, condition, Optional.of(code), text);
    }

    /** The same with this code. */
    public Status with(ResponseCode other) {
        return new Status(tag, condition, Optional.of(other), text);
    }

    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(tag).word(condition.name());
        code.ifPresent(present -> present.writeTo(writer));
        writer.text(text).end();
    }
}
