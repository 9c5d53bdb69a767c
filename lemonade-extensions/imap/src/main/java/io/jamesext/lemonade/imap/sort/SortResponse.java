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

import java.util.List;
import java.util.OptionalLong;

import org.apache.james.imap.api.message.response.ImapResponseMessage;

/**
 * {@code sort-data}: the messages that were found, in the order that was asked for. RFC 5256 section 5, RFC 7162 section 7.
 *
 * @param numbers message numbers or UIDs
 * @param modSeq the highest of these messages: RFC 7162 section 3.1.9
 */
public record SortResponse(List<Long> numbers, OptionalLong modSeq) implements ImapResponseMessage {
    public SortResponse {
        numbers = List.copyOf(numbers);
    }
}
