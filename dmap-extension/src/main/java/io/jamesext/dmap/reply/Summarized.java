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

import java.util.Map;

import io.jamesext.dmap.wire.DmapWriter;

/**
 * The ESEARCH response. RFC 4731 section 3.1, RFC 4466 section 2.6.2.
 *
 * @param tag the command's
 * @param byUid true when the numbers are UIDs
 * @param results what was asked for and found, in this order
 */
public record Summarized(String tag, boolean byUid, Map<String, String> results) implements DmapReply {
    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("ESEARCH").open('(').word("TAG").quoted(tag).close(')');
        if (byUid) {
            writer.word("UID");
        }
        results.forEach((name, value) -> writer.word(name).word(value));
        writer.end();
    }
}
