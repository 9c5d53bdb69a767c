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

package io.jamesext.lemonade.imap.list;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import org.apache.james.imap.decode.DecodingException;

import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.lemonade.imap.mailbox.StatusItem;

/**
 * The options of a LIST.
 *
 * @param statusItems what RETURN (STATUS (...)) has named
 */
public record ListOptions(boolean extended, Set<ListSelection> selections, Set<ListReturn> returns, Set<StatusItem> statusItems) {
    /**
     * Reads {@code "(" [list-select-opt *(SP list-select-opt)] ")"}.
     *
     * @throws DecodingException also for RECURSIVEMATCH without an option that it could match again (RFC 5258 section 3.1)
     */
    static Set<ListSelection> selections(Arguments arguments) throws DecodingException {
        Set<ListSelection> selections = EnumSet.noneOf(ListSelection.class);
        arguments.expect('(');
        while (!arguments.skip(')')) {
            if (!selections.isEmpty()) {
                arguments.space();
            }
            selections.add(named(ListSelection.class, arguments.atom()));
        }
        if (selections.contains(ListSelection.RECURSIVEMATCH) && !selections.contains(ListSelection.SUBSCRIBED)) {
            throw Arguments.syntax("RECURSIVEMATCH needs SUBSCRIBED");
        }
        return selections;
    }

    /** Reads {@code "RETURN" SP "(" [return-option *(SP return-option)] ")"}. */
    static ListOptions returns(Arguments arguments, Set<ListSelection> selections) throws DecodingException {
        if (!arguments.atom().equalsIgnoreCase("RETURN")) {
            throw Arguments.syntax("Expected RETURN");
        }
        arguments.space();
        arguments.expect('(');
        Set<ListReturn> returns = EnumSet.noneOf(ListReturn.class);
        Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
        while (!arguments.skip(')')) {
            if (!returns.isEmpty()) {
                arguments.space();
            }
            ListReturn option = named(ListReturn.class, arguments.atom());
            returns.add(option);
            if (option == ListReturn.STATUS) {
                // RFC 5819 section 4: "STATUS" SP "(" status-att *(SP status-att) ")"
                arguments.space();
                items.addAll(StatusItem.parse(arguments));
            }
        }
        return new ListOptions(true, selections, returns, items);
    }

    private static <E extends Enum<E>> E named(Class<E> options, String word) throws DecodingException {
        for (E option : options.getEnumConstants()) {
            if (option.name().replace('_', '-').equals(word.toUpperCase(Locale.ROOT))) {
                return option;
            }
        }
        // RFC 5258 section 3: unknown options get a BAD.
        throw Arguments.syntax("Unknown option");
    }

    boolean selects(ListSelection selection) {
        return selections.contains(selection);
    }

    /** Whether the client wants to know that: a selection implies the return option of its name. */
    boolean tells(ListReturn item) {
        return switch (item) {
            case SUBSCRIBED -> returns.contains(item) || selects(ListSelection.SUBSCRIBED);
            case SPECIAL_USE -> returns.contains(item) || selects(ListSelection.SPECIAL_USE);
            // RFC 5258 section 4: these MAY be told in any case; the clients that ask for nothing know them from RFC 3348.
            case CHILDREN -> returns.contains(item) || !extended;
            case STATUS, MYRIGHTS -> returns.contains(item);
        };
    }
}
