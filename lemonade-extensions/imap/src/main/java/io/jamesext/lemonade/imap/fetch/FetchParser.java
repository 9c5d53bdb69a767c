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

package io.jamesext.lemonade.imap.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.parser.FetchCommandParser;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;

import io.jamesext.lemonade.imap.fetch.FetchItem.Attribute;
import io.jamesext.lemonade.imap.search.Page;
import io.jamesext.urlauth.PartialRange;
import io.jamesext.urlauth.Section;

/**
 * Parses FETCH and UID FETCH. RFC 3501 section 9 with RFC 3516, 4466, 7162, 8970 and 9394:
 *
 * <pre>
 * fetch      = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")")
 *              [SP "(" fetch-modifier *(SP fetch-modifier) ")"]
 * fetch-att  = word / ("BODY" / "BODY.PEEK" / "BINARY" / "BINARY.PEEK") section ["&lt;" number "." nz-number "&gt;"] /
 *              "BINARY.SIZE" section / "PREVIEW" [SP "(" "LAZY" ")"]
 * </pre>
 *
 * <p>James's parser is the superclass because UID takes nothing else; none of it is used.
 */
public final class FetchParser extends FetchCommandParser {
    /** Items of one command: each is work for each message. */
    private static final int MAX_ITEMS = 1000;
    private static final CharMatcher NAME_END = CharMatcher.anyOf(" [()<\r\n");
    private static final CharMatcher SECTION_END = CharMatcher.anyOf(" ]\r\n");
    private static final ImmutableMap<String, Attribute> ATTRIBUTES = Stream.of(Attribute.values())
        .collect(ImmutableMap.toImmutableMap(Attribute::word, Function.identity()));
    private static final ImmutableMap<String, List<FetchItem>> MACROS = ImmutableMap.of("ALL", Attribute.ALL, "FAST", Attribute.FAST,
        "FULL", Attribute.FULL);
    /** RFC 3501 section 6.4.5: each "functionally equivalent" to a BODY[...], but for its name. */
    private static final ImmutableMap<String, FetchItem> RFC822 = ImmutableMap.of(
        "RFC822", new FetchItem.Content("RFC822", Section.WHOLE, Optional.empty(), false, false),
        "RFC822.HEADER", new FetchItem.Content("RFC822.HEADER", Section.parse("HEADER"), Optional.empty(), false, true),
        "RFC822.TEXT", new FetchItem.Content("RFC822.TEXT", Section.parse("TEXT"), Optional.empty(), false, false));

    public FetchParser(StatusResponseFactory statusResponseFactory) {
        super(statusResponseFactory);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean useUids, ImapSession session) throws DecodingException {
        FetchRequest.Messages messages = new FetchRequest.Messages(List.of(request.parseIdRange(session)), useUids);
        List<FetchItem> items = items(request);
        FetchRequest.Modifiers modifiers = request.nextWordCharLenient().isPresent()
            ? modifiers(request)
            : FetchRequest.Modifiers.NONE;
        request.eol();
        // RFC 7162 section 3.2.6: VANISHED only with UID FETCH and with CHANGEDSINCE.
        if (modifiers.vanished() && (!useUids || modifiers.changedSince().isEmpty())) {
            throw bad("VANISHED needs UID FETCH and CHANGEDSINCE");
        }
        // RFC 9394 section 3.3: it "extends the UID FETCH command".
        if (modifiers.page().isPresent() && !useUids) {
            throw bad("PARTIAL needs UID FETCH");
        }
        return new FetchRequest(tag, messages, items, modifiers);
    }

    private static List<FetchItem> items(ImapRequestLineReader request) throws DecodingException {
        if (request.nextWordChar() != '(') {
            String name = name(request);
            List<FetchItem> macro = MACROS.get(name);
            return macro == null ? List.of(item(name, request)) : macro;
        }
        return list(request);
    }

    /**
     * Reads {@code "(" fetch-att *(SP fetch-att) ")"}, as NOTIFY has it too. RFC 5465 section 8.
     *
     * @throws DecodingException where it is none
     */
    public static List<FetchItem> list(ImapRequestLineReader request) throws DecodingException {
        request.consumeChar('(');
        List<FetchItem> items = new ArrayList<>();
        do {
            request.nextWordChar();
            items.add(item(name(request), request));
        } while (request.nextWordChar() != ')' && items.size() < MAX_ITEMS);
        request.consumeChar(')');
        return items;
    }

    private static String name(ImapRequestLineReader request) throws DecodingException {
        return request.readUntil(NAME_END).toUpperCase(Locale.ROOT);
    }

    private static FetchItem item(String name, ImapRequestLineReader request) throws DecodingException {
        if (request.nextChar() == '[') {
            return ofSection(name, request);
        }
        if (name.equals("PREVIEW")) {
            return new FetchItem.Preview(lazy(request));
        }
        FetchItem item = RFC822.containsKey(name) ? RFC822.get(name) : ATTRIBUTES.get(name);
        if (item == null) {
            throw bad("no such item");
        }
        return item;
    }

    /** A list behind PREVIEW is its own where it says LAZY; otherwise it would be CHANGEDSINCE, which only the command may have. */
    private static boolean lazy(ImapRequestLineReader request) throws DecodingException {
        if (request.nextWordCharLenient().filter(next -> next == '(').isEmpty()) {
            return false;
        }
        request.consumeChar('(');
        if (!name(request).equals("LAZY")) {
            throw bad("no such modifier of PREVIEW");
        }
        request.consumeChar(')');
        return true;
    }

    private static FetchItem ofSection(String name, ImapRequestLineReader request) throws DecodingException {
        request.consumeChar('[');
        String specification = request.readUntil(SECTION_END);
        List<String> fields = request.nextChar() == ' ' ? fields(request) : List.of();
        request.consumeChar(']');
        Section section = FetchSections.parse(specification, fields);
        String inBrackets = "[" + FetchSections.echo(specification, fields) + "]";
        boolean binary = name.startsWith("BINARY");
        if (binary && section.kind() != Section.Kind.CONTENT) {
            // RFC 3516 section 7, section-binary: numbers only.
            throw bad("BINARY of what is no part");
        }
        return switch (name) {
            case "BODY", "BINARY" -> new FetchItem.Content(name + inBrackets, section, range(request), binary, false);
            case "BODY.PEEK" -> new FetchItem.Content("BODY" + inBrackets, section, range(request), false, true);
            case "BINARY.PEEK" -> new FetchItem.Content("BINARY" + inBrackets, section, range(request), true, true);
            case "BINARY.SIZE" -> new FetchItem.DecodedSize(name + inBrackets, section);
            default -> throw bad("no such item with a section");
        };
    }

    private static List<String> fields(ImapRequestLineReader request) throws DecodingException {
        request.nextWordChar();
        request.consumeChar('(');
        List<String> fields = new ArrayList<>();
        do {
            fields.add(request.astring());
        } while (request.nextWordChar() != ')');
        request.consumeChar(')');
        return fields;
    }

    private static Optional<PartialRange> range(ImapRequestLineReader request) throws DecodingException {
        if (request.nextChar() != '<') {
            return Optional.empty();
        }
        request.consumeChar('<');
        long offset = number(request, 0xffffffffL);
        request.consumeChar('.');
        long length = number(request, 0xffffffffL);
        request.consumeChar('>');
        if (length == 0) {
            throw bad("an empty range");
        }
        return Optional.of(new PartialRange(offset, OptionalLong.of(length)));
    }

    private static FetchRequest.Modifiers modifiers(ImapRequestLineReader request) throws DecodingException {
        request.consumeChar('(');
        OptionalLong changedSince = OptionalLong.empty();
        boolean vanished = false;
        Optional<Page> page = Optional.empty();
        do {
            request.nextWordChar();
            String name = name(request);
            if (name.equals("CHANGEDSINCE") && changedSince.isEmpty()) {
                request.nextWordChar();
                // RFC 7162 section 7: mod-sequences have 63 bits.
                changedSince = OptionalLong.of(number(request, Long.MAX_VALUE));
            } else if (name.equals("VANISHED") && !vanished) {
                vanished = true;
            } else if (name.equals("PARTIAL") && page.isEmpty()) {
                request.nextWordChar();
                page = Optional.of(Page.parse(request.readUntil(NAME_END)));
            } else {
                throw bad("no such modifier");
            }
        } while (request.nextWordChar() != ')');
        request.consumeChar(')');
        return new FetchRequest.Modifiers(changedSince, vanished, page);
    }

    /** James's reader calls itself for each digit. */
    private static long number(ImapRequestLineReader request, long max) throws DecodingException {
        long number = 0;
        int digits = 0;
        for (char next = request.nextChar(); next >= '0' && next <= '9'; next = request.nextChar()) {
            int digit = next - '0';
            if (number > (max - digit) / 10) {
                throw bad("a number out of range");
            }
            number = 10 * number + digit;
            digits++;
            request.consume();
        }
        if (digits == 0) {
            throw bad("no number");
        }
        return number;
    }

    static DecodingException bad(String reason) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, reason);
    }
}
