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

package io.jamesext.lemonade.imap.search;

import java.util.List;
import java.util.OptionalLong;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;

/** What a SEARCH found. */
public sealed interface SearchResponse extends ImapResponseMessage {
    /**
     * The answer to a SEARCH without RETURN. RFC 3501 section 7.2.5.
     *
     * @param numbers message numbers or UIDs
     * @param modSeq the highest of the messages found: RFC 7162 section 3.1.6
     */
    record Plain(List<Long> numbers, OptionalLong modSeq) implements SearchResponse {
        public Plain {
            numbers = List.copyOf(numbers);
        }
    }

    /** The answer to a SEARCH with RETURN. RFC 4466 section 2.6.2, RFC 4731 section 3.1. */
    record Extended(Tag tag, boolean uids, List<Item> items) implements SearchResponse {
        public Extended {
            items = List.copyOf(items);
        }
    }

    /**
     * {@code search-return-data}.
     *
     * @param name MIN, MAX, COUNT, ALL or MODSEQ
     * @param value as it goes on the wire: a number or a sequence-set
     */
    record Item(String name, String value) {
    }
}
