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

import io.jamesext.dmap.wire.DmapWriter;

/**
 * Which message a FETCH response is about; one by UID is called UIDFETCH, as in RFC 9586.
 *
 * @param number the message number, or the UID
 * @param isUid true for a UID
 */
public record MessageName(long number, boolean isUid) {
    /** A message by its number. */
    public static MessageName sequence(int sequence) {
        return new MessageName(sequence, false);
    }

    /** Writes how the response begins. */
    void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).number(number).word(isUid ? "UIDFETCH" : "FETCH").open('(');
    }
}
