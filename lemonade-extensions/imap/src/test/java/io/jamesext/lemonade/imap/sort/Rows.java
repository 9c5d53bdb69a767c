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

package io.jamesext.lemonade.imap.sort;

import java.nio.charset.StandardCharsets;

/** Messages that are in no mailbox. */
public final class Rows {
    private Rows() {
    }

    /**
     * A message.
     *
     * @param arrived in seconds since the epoch
     * @param header its lines; identifiers of a few letters have numbers of their own
     */
    public static MessageRow row(long uid, long arrived, String header) {
        return new MessageRow(uid, arrived, header.length(), MessageValues.of(header.getBytes(StandardCharsets.UTF_8), Rows::number));
    }

    private static long number(String messageId) {
        long number = 1;
        for (int at = 0; at < messageId.length(); at++) {
            number = number * 257 + messageId.charAt(at);
        }
        return number;
    }
}
