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

package io.jamesext.lemonade.imap.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.folder.Arguments;

/**
 * A GETMETADATA. RFC 5464 section 5:
 *
 * <pre>
 * getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries
 * entries     = entry / "(" entry *(SP entry) ")"
 * </pre>
 *
 * <p>The examples of RFC 5464 have the options behind the mailbox, and clients follow them: both places are read.
 */
public final class GetMetadataRequest extends AbstractImapRequest {
    /** What is asked for, with the defaults of RFC 5464 section 4.2. */
    record Options(long maxSize, int depth) {
        static final Options NONE = new Options(Long.MAX_VALUE, 0);
    }

    private final String name;
    private final List<EntryName> entries;
    private final Options options;

    GetMetadataRequest(Tag tag, String name, List<EntryName> entries, Options options) {
        super(tag, ImapConstants.GETMETDATA_COMMAND);
        this.name = name;
        this.entries = List.copyOf(entries);
        this.options = options;
    }

    /** Reads the arguments. */
    public static GetMetadataRequest parse(Arguments arguments, Tag tag) throws DecodingException {
        arguments.space();
        Options options = Options.NONE;
        if (arguments.skip('(')) {
            options = options(arguments);
            arguments.space();
        }
        String name = arguments.mailbox();
        arguments.space();
        boolean list = arguments.skip('(');
        if (list && !arguments.at('/') && !arguments.at('"') && !arguments.at('{')) {
            options = options(arguments);
            arguments.space();
            list = arguments.skip('(');
        }
        return new GetMetadataRequest(tag, name, entries(arguments, list), options);
    }

    private static List<EntryName> entries(Arguments arguments, boolean list) throws DecodingException {
        List<EntryName> entries = new ArrayList<>();
        do {
            entries.add(EntryName.parse(arguments));
        // RFC 5464 section 4.4.1 has an example of a list without parentheses.
        } while (arguments.skip(' ') && !arguments.atEnd());
        if (list) {
            arguments.expect(')');
        }
        return entries;
    }

    /** Reads {@code getmetadata-option *(SP getmetadata-option) ")"}. */
    private static Options options(Arguments arguments) throws DecodingException {
        long maxSize = Options.NONE.maxSize();
        int depth = Options.NONE.depth();
        do {
            String option = arguments.atom().toUpperCase(Locale.ROOT);
            arguments.space();
            switch (option) {
                case "MAXSIZE" -> maxSize = arguments.number();
                case "DEPTH" -> depth = depth(arguments.atom());
                default -> throw Arguments.syntax("Expected MAXSIZE or DEPTH");
            }
        } while (arguments.skip(' '));
        arguments.expect(')');
        return new Options(maxSize, depth);
    }

    private static int depth(String word) throws DecodingException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "0" -> 0;
            case "1" -> 1;
            case "infinity" -> Integer.MAX_VALUE;
            default -> throw Arguments.syntax("Expected 0, 1 or infinity");
        };
    }

    String name() {
        return name;
    }

    List<EntryName> entries() {
        return entries;
    }

    Options options() {
        return options;
    }
}
