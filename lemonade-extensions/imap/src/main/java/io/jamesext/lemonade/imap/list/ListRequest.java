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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.folder.Arguments;

/**
 * A LIST. RFC 5258 section 6:
 *
 * <pre>
 * list        = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
 * mbox-or-pat = list-mailbox / "(" list-mailbox *(SP list-mailbox) ")"
 * </pre>
 */
public final class ListRequest extends AbstractImapRequest {
    private final ListOptions options;
    private final String reference;
    private final List<String> patterns;

    ListRequest(Tag tag, ListOptions options, String reference, List<String> patterns) {
        super(tag, ImapConstants.LIST_COMMAND);
        this.options = options;
        this.reference = reference;
        this.patterns = List.copyOf(patterns);
    }

    /** Reads the arguments. */
    public static ListRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        boolean extended = arguments.at('(');
        Set<ListSelection> selections = Set.of();
        if (extended) {
            selections = ListOptions.selections(arguments);
            arguments.space();
        }
        String reference = arguments.mailbox();
        arguments.space();
        List<String> patterns = new ArrayList<>();
        if (arguments.skip('(')) {
            extended = true;
            do {
                patterns.add(arguments.listMailbox());
            } while (arguments.skip(' '));
            arguments.expect(')');
        } else {
            patterns.add(arguments.listMailbox());
        }
        if (arguments.skip(' ') && !arguments.atEnd()) {
            return new ListRequest(tag, ListOptions.returns(arguments, selections), reference, patterns);
        }
        return new ListRequest(tag, new ListOptions(extended, selections, Set.of(), Set.of()), reference, patterns);
    }

    ListOptions options() {
        return options;
    }

    String reference() {
        return reference;
    }

    List<String> patterns() {
        return patterns;
    }

    /** RFC 3501 section 6.3.8: an empty mailbox name asks for the delimiter and the root of the reference. */
    boolean asksForRoot() {
        return !options.extended() && patterns.get(0).isEmpty();
    }
}
