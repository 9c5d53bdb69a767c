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
package io.jamesext.lemonade.imap.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.AbstractMessageRangeCommandParser;
import org.apache.james.imap.message.request.AbstractMessageRangeRequest;

import io.jamesext.lemonade.imap.convert.ConvertItem.Kind;
import io.jamesext.lemonade.imap.folder.Arguments;
import io.jamesext.urlauth.BadUrlException;
import io.jamesext.urlauth.PartialRange;
import io.jamesext.urlauth.Section;

/**
 * Parses CONVERT and UID CONVERT. RFC 5259 section 10:
 *
 * <pre>
 * convert     = "CONVERT" SP sequence-set SP "(" (DQUOTE type DQUOTE / "NIL") [SP "(" name SP value *(SP name SP value) ")"] ")" SP
 *               (convert-att / "(" convert-att *(SP convert-att) ")")
 * convert-att = "UID" / ("BODYPARTSTRUCTURE" / "BINARY.SIZE" / "AVAILABLECONVERSIONS") section-binary /
 *               "BINARY" section-binary ["&lt;" number "." nz-number "&gt;"] /
 *               "BODY[HEADER]" / "BODY[" section-part (".HEADER]" / ".MIME]")
 * </pre>
 *
 * <p>James's parser is the superclass because UID takes nothing else; none of it is used.
 */
public final class ConvertParser extends AbstractMessageRangeCommandParser {
    /** Ranges of a part, and parts of which is asked what they can become: MAXCONVERTPARTS is not about these. */
    private static final int MAX_ITEMS = 200;
    private static final int MAX_PARAMETERS = 32;
    /** What is wrong with parameters is told with them, once for each item. RFC 2506 section 2.2: a tag has at most 80 characters. */
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 200;
    private static final Pattern RANGE = Pattern.compile("<(\\d{1,10})\\.([1-9]\\d{0,9})>");

    public ConvertParser(StatusResponseFactory responses) {
        super(ConvertRequest.COMMAND, responses);
    }

    @Override
    protected AbstractMessageRangeRequest createRequest(Tag tag, boolean useUids, IdRange[] ids, String mailbox) {
        throw new UnsupportedOperationException("there is no mailbox in CONVERT");
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean useUids, ImapSession session) throws DecodingException {
        ConvertRequest.Messages messages = new ConvertRequest.Messages(List.of(request.parseIdRange(session)), useUids);
        Arguments arguments = new Arguments(request, session);
        arguments.space();
        ConvertRequest.Wanted wanted = wanted(arguments);
        arguments.space();
        List<ConvertItem> items = new ArrayList<>();
        boolean uid = false;
        boolean list = arguments.skip('(');
        do {
            Optional<ConvertItem> item = item(arguments);
            uid |= item.isEmpty();
            item.ifPresent(items::add);
            if (items.size() > MAX_ITEMS) {
                throw bad("too many items");
            }
        } while (list && arguments.skip(' '));
        if (list) {
            arguments.expect(')');
        }
        arguments.end();
        // RFC 5259 section 6: headers only with the default conversion.
        if (wanted.target().isPresent() && items.stream().anyMatch(item -> item.kind() == Kind.HEADER)) {
            throw bad("a header with a target type");
        }
        return new ConvertRequest(tag, messages, wanted, items, uid);
    }

    private static ConvertRequest.Wanted wanted(Arguments arguments) throws DecodingException {
        arguments.expect('(');
        Optional<String> target;
        if (arguments.at('"')) {
            target = Optional.of(arguments.string().toLowerCase(Locale.ROOT));
        } else if (arguments.atom().equalsIgnoreCase("NIL")) {
            target = Optional.empty();
        } else {
            throw bad("no type in quotes");
        }
        // RFC 5259 section 9: "A syntactically invalid MIME media type SHOULD generate a BAD".
        if (!target.map(Conversions::isType).orElse(true)) {
            throw bad("no media type");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (arguments.skip(' ')) {
            arguments.expect('(');
            do {
                // RFC 2506: names of features have no case.
                String name = arguments.astring().toLowerCase(Locale.ROOT);
                arguments.space();
                String value = arguments.astring();
                if (name.length() > MAX_NAME || value.length() > MAX_VALUE) {
                    throw bad("a parameter too long");
                }
                if (parameters.put(name, value) != null || parameters.size() > MAX_PARAMETERS) {
                    throw bad("a parameter twice, or too many");
                }
            } while (arguments.skip(' '));
            arguments.expect(')');
        }
        arguments.expect(')');
        return new ConvertRequest.Wanted(target, parameters);
    }

    /** An item; empty for UID. */
    private static Optional<ConvertItem> item(Arguments arguments) throws DecodingException {
        // An atom may have "[" in it, but not "]".
        String atom = arguments.atom();
        if (atom.equalsIgnoreCase("UID")) {
            return Optional.empty();
        }
        arguments.expect(']');
        int bracket = atom.indexOf('[');
        String word = bracket < 0 ? "" : atom.substring(0, bracket).toUpperCase(Locale.ROOT);
        String inBrackets = atom.substring(bracket + 1);
        Kind kind = switch (word) {
            case "BODYPARTSTRUCTURE" -> Kind.STRUCTURE;
            case "BINARY.SIZE" -> Kind.SIZE;
            case "AVAILABLECONVERSIONS" -> Kind.AVAILABLE;
            case "BINARY" -> Kind.BINARY;
            case "BODY" -> Kind.HEADER;
            default -> throw bad("no such item");
        };
        Optional<PartialRange> range = kind == Kind.BINARY && arguments.at('<') ? Optional.of(range(arguments.atom())) : Optional.empty();
        return Optional.of(new ConvertItem(kind, word + "[" + inBrackets + "]", section(kind, inBrackets), range));
    }

    private static Section section(Kind kind, String text) throws DecodingException {
        try {
            Section section = Section.parse(text);
            boolean header = section.kind() == Section.Kind.HEADER || section.kind() == Section.Kind.MIME;
            if (kind == Kind.HEADER ? !header : section.kind() != Section.Kind.CONTENT) {
                throw bad("not a section of that item");
            }
            return section;
        } catch (BadUrlException e) {
            throw bad("no section");
        }
    }

    private static PartialRange range(String text) throws DecodingException {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw bad("no range");
        }
        return new PartialRange(Long.parseLong(range.group(1)), OptionalLong.of(Long.parseLong(range.group(2))));
    }

    private static DecodingException bad(String reason) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, reason);
    }
}
