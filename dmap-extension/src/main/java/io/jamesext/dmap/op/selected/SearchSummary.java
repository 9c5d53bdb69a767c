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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jamesext.dmap.reply.NumberSet;
import io.jamesext.dmap.reply.Summarized;

/** What RETURN asks of a search. RFC 4731 section 3.1. */
final class SearchSummary {
    private final Search.Request request;
    private final List<Long> numbers = new ArrayList<>();
    private long firstModSeq;
    private long lastModSeq;
    private long highest;

    SearchSummary(Search.Request request) {
        this.request = request;
    }

    /** Messages that were found, in ascending order. */
    void add(List<SearchKey.Candidate> messages) {
        for (SearchKey.Candidate message : messages) {
            firstModSeq = numbers.isEmpty() ? message.modSeq() : firstModSeq;
            lastModSeq = message.modSeq();
            highest = Math.max(highest, message.modSeq());
            numbers.add(request.number(message));
        }
    }

    /** MIN, MAX and ALL are left out when nothing was found. */
    Summarized reply() {
        Map<String, String> results = new LinkedHashMap<>();
        if (!numbers.isEmpty()) {
            put(results, Search.Return.MIN, Long.toString(numbers.get(0)));
            put(results, Search.Return.MAX, Long.toString(numbers.get(numbers.size() - 1)));
        }
        put(results, Search.Return.COUNT, Long.toString(numbers.size()));
        if (!numbers.isEmpty()) {
            put(results, Search.Return.ALL, NumberSet.of(numbers).toString());
            if (request.modSeq()) {
                results.put("MODSEQ", Long.toString(modSeq()));
            }
        }
        return new Summarized(request.tag(), request.byUid(), results);
    }

    private void put(Map<String, String> results, Search.Return option, String value) {
        if (request.returns().contains(option)) {
            results.put(option.name(), value);
        }
    }

    /** RFC 4731 section 3.2: of those messages that the response names, where it does not stand for all of them. */
    private long modSeq() {
        if (request.returns().contains(Search.Return.ALL) || request.returns().contains(Search.Return.COUNT)) {
            return highest;
        }
        return Math.max(request.returns().contains(Search.Return.MIN) ? firstModSeq : 0,
            request.returns().contains(Search.Return.MAX) ? lastModSeq : 0);
    }
}
