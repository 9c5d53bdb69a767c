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
package io.jamesext.agap.reply;

import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.wire.AgapWriter;

/**
 * Lines of a multi-line response. AGAP section 5.1: each starts with a dot, which is not part of it.
 *
 * @param lines without their dots; together at most some tens of kilobytes, so that a slow reader costs no heap
 */
public record Data(ImmutableList<String> lines) implements AgapReply {
    /** So many lines make one reply of at most 64 KB. */
    public static final int LINES = 64;

    /** Some lines. */
    public static Data of(List<String> lines) {
        return new Data(ImmutableList.copyOf(lines));
    }

    /** One line of values with a space between. */
    public static Data of(String... values) {
        return new Data(ImmutableList.of(String.join(" ", values)));
    }

    @Override
    public void writeTo(AgapWriter writer) {
        lines.forEach(writer::data);
    }
}
