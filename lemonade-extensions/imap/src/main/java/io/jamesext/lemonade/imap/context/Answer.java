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
package io.jamesext.lemonade.imap.context;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

import io.jamesext.lemonade.imap.search.Page;
import io.jamesext.lemonade.imap.search.ReturnOption;
import io.jamesext.lemonade.imap.search.ReturnOptions;
import io.jamesext.lemonade.imap.search.SearchResponse.Item;

/** What a searching command with RETURN says of its results. RFC 4731 section 3, RFC 5267 sections 3.1 and 4.4. */
record Answer(ReturnOptions options, UidList results) {
    private static final Set<ReturnOption> EVERYTHING = EnumSet.of(ReturnOption.ALL, ReturnOption.COUNT);
    private static final Set<ReturnOption> SOME = EnumSet.of(ReturnOption.MIN, ReturnOption.MAX, ReturnOption.PARTIAL);

    /**
     * The messages that the answer is about: those of MIN, MAX and PARTIAL, if nothing else is asked for. RFC 4731 section 3.2 takes the
     * MODSEQ of these, and RFC 5182 section 2.4 and RFC 9394 section 3.2 save these.
     */
    LongStream meant() {
        if (results.isEmpty() || options.hasAny(EVERYTHING) || !options.hasAny(SOME)) {
            return results.stream();
        }
        LongStream min = options.has(ReturnOption.MIN) ? results.stream(0, 1) : LongStream.empty();
        LongStream max = options.has(ReturnOption.MAX) ? results.stream(results.size() - 1, results.size()) : LongStream.empty();
        LongStream page = options.page().map(this::of).orElse(LongStream.empty());
        return LongStream.concat(LongStream.concat(min, max), page).distinct();
    }

    private LongStream of(Page page) {
        return results.stream(page.begin(results.size()), page.end(results.size()));
    }

    /**
     * As ESEARCH has them. What is not asked for is not looked at: a page of many results costs what the page does.
     *
     * @param number what the client calls a message: its number or its UID
     * @param modSeq if the program asks for it: RFC 7162 section 3.1.10
     */
    List<Item> items(LongUnaryOperator number, OptionalLong modSeq) {
        List<Item> items = new ArrayList<>();
        int size = results.size();
        if (size > 0 && options.has(ReturnOption.MIN)) {
            items.add(new Item("MIN", Long.toString(number.applyAsLong(results.get(0)))));
        }
        if (size > 0 && options.has(ReturnOption.MAX)) {
            items.add(new Item("MAX", Long.toString(number.applyAsLong(results.get(size - 1)))));
        }
        if (options.has(ReturnOption.COUNT)) {
            items.add(new Item("COUNT", Integer.toString(size)));
        }
        if (size > 0 && options.has(ReturnOption.ALL)) {
            items.add(new Item("ALL", UidList.set(results.stream().map(number))));
        }
        options.page().ifPresent(page -> items.add(new Item("PARTIAL", partial(page, number))));
        modSeq.ifPresent(highest -> items.add(new Item("MODSEQ", Long.toString(highest))));
        return items;
    }

    /** RFC 5267 section 5: {@code "(" partial-range SP (sequence-set / "NIL") ")"}. */
    private String partial(Page page, LongUnaryOperator number) {
        String set = UidList.set(of(page).map(number));
        return "(" + page + " " + (set.isEmpty() ? "NIL" : set) + ")";
    }
}
