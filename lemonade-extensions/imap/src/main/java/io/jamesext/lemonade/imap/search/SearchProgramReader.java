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

import static java.util.Map.entry;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import javax.mail.Flags.Flag;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;

import io.jamesext.lemonade.imap.search.SearchKey.When;

/**
 * Reads a search program: {@code search-key *(SP search-key)} up to the end of the command. RFC 3501 section 9, with the keys of RFC 5032,
 * RFC 5466, RFC 6203, RFC 7162, RFC 8474 and RFC 8514. What stands before it (RETURN, CHARSET, what SORT wants) is the command's own.
 */
final class SearchProgramReader {
    /** Keys in keys. Nobody writes more by hand, and each level is a level of every recursion behind this. */
    static final int MAX_DEPTH = 100;
    /** A program is tried on each message of a mailbox. */
    static final int MAX_KEYS = 1000;

    private static final int LAST_ASCII = 127;
    private static final SearchKey RECENT = new SearchKey.Recent();
    private static final SearchKey SEEN = new SearchKey.SystemFlag(Flag.SEEN);
    private static final Map<String, SearchKey> PLAIN = Map.ofEntries(
        entry("ALL", SearchKey.And.EVERYTHING),
        entry("ANSWERED", new SearchKey.SystemFlag(Flag.ANSWERED)),
        entry("DELETED", new SearchKey.SystemFlag(Flag.DELETED)),
        entry("DRAFT", new SearchKey.SystemFlag(Flag.DRAFT)),
        entry("FLAGGED", new SearchKey.SystemFlag(Flag.FLAGGED)),
        entry("NEW", new SearchKey.And(List.of(RECENT, new SearchKey.Not(SEEN)))),
        entry("OLD", new SearchKey.Not(RECENT)),
        entry("RECENT", RECENT),
        entry("SEEN", SEEN),
        entry("UNANSWERED", new SearchKey.Not(new SearchKey.SystemFlag(Flag.ANSWERED))),
        entry("UNDELETED", new SearchKey.Not(new SearchKey.SystemFlag(Flag.DELETED))),
        entry("UNDRAFT", new SearchKey.Not(new SearchKey.SystemFlag(Flag.DRAFT))),
        entry("UNFLAGGED", new SearchKey.Not(new SearchKey.SystemFlag(Flag.FLAGGED))),
        entry("UNSEEN", new SearchKey.Not(SEEN)),
        // RFC 8514 section 4.3: James's stores keep the save date.
        entry("SAVEDATESUPPORTED", SearchKey.And.EVERYTHING));
    private static final Set<String> ENTRY_TYPES = Set.of("priv", "shared", "all");

    private final SearchTokens tokens;
    private final Charset charset;
    private final Map<String, Argument> withArgument;
    private int keys;
    private boolean filtered;
    private boolean beyondAscii;

    @FunctionalInterface
    private interface Argument {
        SearchKey read() throws DecodingException;
    }

    SearchProgramReader(SearchTokens tokens, Charset charset) {
        this.tokens = tokens;
        this.charset = charset;
        this.withArgument = Map.ofEntries(
            entry("BCC", () -> field("Bcc")),
            entry("BEFORE", () -> new SearchKey.Arrived(When.BEFORE, tokens.date())),
            entry("BODY", () -> text(SearchKey.Body::new)),
            entry("CC", () -> field("Cc")),
            entry("EMAILID", () -> new SearchKey.EmailId(tokens.atom())),
            entry("FILTER", this::filter),
            entry("FROM", () -> field("From")),
            entry("HEADER", this::header),
            entry("KEYWORD", () -> new SearchKey.Keyword(tokens.atom())),
            entry("LARGER", () -> new SearchKey.Larger(tokens.number())),
            entry("MODSEQ", this::modSeq),
            entry("OLDER", () -> new SearchKey.Older(interval())),
            entry("ON", () -> new SearchKey.Arrived(When.ON, tokens.date())),
            entry("SAVEDBEFORE", () -> new SearchKey.Saved(When.BEFORE, tokens.date())),
            entry("SAVEDON", () -> new SearchKey.Saved(When.ON, tokens.date())),
            entry("SAVEDSINCE", () -> new SearchKey.Saved(When.SINCE, tokens.date())),
            entry("SENTBEFORE", () -> new SearchKey.Sent(When.BEFORE, tokens.date())),
            entry("SENTON", () -> new SearchKey.Sent(When.ON, tokens.date())),
            entry("SENTSINCE", () -> new SearchKey.Sent(When.SINCE, tokens.date())),
            entry("SINCE", () -> new SearchKey.Arrived(When.SINCE, tokens.date())),
            entry("SMALLER", () -> new SearchKey.Smaller(tokens.number())),
            entry("SUBJECT", () -> field("Subject")),
            entry("TEXT", () -> text(SearchKey.Text::new)),
            entry("THREADID", () -> new SearchKey.ThreadId(tokens.atom())),
            entry("TO", () -> field("To")),
            entry("UID", () -> new SearchKey.Numbers(tokens.set(), true)),
            entry("UNKEYWORD", () -> new SearchKey.Not(new SearchKey.Keyword(tokens.atom()))),
            entry("YOUNGER", () -> new SearchKey.Younger(interval())));
    }

    /**
     * Reads a program and the end of the command.
     *
     * @param word the first word of it, in capitals, when it had to be read to see what it is; else empty
     * @throws FilterCharsetException if it names a filter and has a charset that filters have not
     */
    SearchKey program(String word) throws DecodingException {
        List<SearchKey> all = new ArrayList<>();
        all.add(word.isEmpty() ? key(0) : named(word, 0));
        while (tokens.skip(' ')) {
            all.add(key(0));
        }
        tokens.end();
        checkCharset();
        return joined(all);
    }

    /** RFC 5466 section 3.1: FILTER "implies the CHARSET "UTF-8" parameter", wherever it stands. */
    private void checkCharset() throws DecodingException {
        boolean ascii = charset.equals(StandardCharsets.US_ASCII);
        if (filtered && !ascii && !charset.equals(StandardCharsets.UTF_8)) {
            throw new FilterCharsetException();
        }
        if (beyondAscii && ascii && !filtered) {
            throw new DecodingException(HumanReadableText.BAD_IO_ENCODING, "Not text in US-ASCII");
        }
    }

    private SearchKey all(int depth) throws DecodingException {
        List<SearchKey> all = new ArrayList<>();
        do {
            all.add(key(depth));
        } while (tokens.skip(' '));
        return joined(all);
    }

    private static SearchKey joined(List<SearchKey> all) {
        return all.size() == 1 ? all.get(0) : new SearchKey.And(all);
    }

    private SearchKey key(int depth) throws DecodingException {
        if (tokens.skip('(')) {
            count(depth);
            SearchKey all = all(depth + 1);
            tokens.expect(')');
            return all;
        }
        if (tokens.startsSet()) {
            count(depth);
            return new SearchKey.Numbers(tokens.set(), false);
        }
        return named(tokens.name(), depth);
    }

    private SearchKey named(String name, int depth) throws DecodingException {
        count(depth);
        SearchKey plain = PLAIN.get(name);
        if (plain != null) {
            return plain;
        }
        tokens.space();
        if (name.equals("NOT")) {
            return new SearchKey.Not(key(depth + 1));
        }
        if (name.equals("OR")) {
            return or(depth + 1);
        }
        if (name.equals("FUZZY")) {
            return fuzzy(depth + 1);
        }
        Argument argument = withArgument.get(name);
        if (argument == null) {
            throw SearchTokens.bad("Unknown search key");
        }
        return argument.read();
    }

    /** Each word is tried on each message as a key of its own, and counts as one. */
    private SearchKey fuzzy(int depth) throws DecodingException {
        SearchKey fuzzy = Fuzzy.of(key(depth));
        keys += (int) fuzzy.leaves().count();
        count(depth);
        return fuzzy;
    }

    /** {@code OR a OR b OR c d}, as clients write a list of alternatives, is one OR of four keys here and no depth. */
    private SearchKey or(int depth) throws DecodingException {
        List<SearchKey> any = new ArrayList<>();
        while (true) {
            any.add(key(depth));
            tokens.space();
            if (tokens.next('(') || tokens.startsSet()) {
                any.add(key(depth));
                return new SearchKey.Or(any);
            }
            String name = tokens.name();
            if (!name.equals("OR")) {
                any.add(named(name, depth));
                return new SearchKey.Or(any);
            }
            tokens.space();
        }
    }

    private void count(int depth) throws DecodingException {
        keys++;
        if (depth > MAX_DEPTH || keys > MAX_KEYS) {
            throw SearchTokens.bad("Too many search keys");
        }
    }

    private SearchKey field(String name) throws DecodingException {
        return new SearchKey.Header(name, string());
    }

    /** Every text has the empty string in it: that is no reason to read it. */
    private SearchKey text(Function<String, SearchKey> key) throws DecodingException {
        String value = string();
        return value.isEmpty() ? SearchKey.And.EVERYTHING : key.apply(value);
    }

    private SearchKey header() throws DecodingException {
        String name = string();
        tokens.space();
        return new SearchKey.Header(name, string());
    }

    private String string() throws DecodingException {
        String string = tokens.astring(charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
        beyondAscii |= string.chars().anyMatch(sign -> sign > LAST_ASCII);
        return string;
    }

    private SearchKey filter() throws DecodingException {
        String name = tokens.atom();
        if (!Filters.isName(name)) {
            throw SearchTokens.bad("Not the name of a filter");
        }
        filtered = true;
        return new SearchKey.Filter(name);
    }

    /** RFC 5032 section 3: {@code nz-number}, in seconds. */
    private Duration interval() throws DecodingException {
        long seconds = tokens.number();
        if (seconds == 0 || seconds > 0xFFFF_FFFFL) {
            throw SearchTokens.bad("Not an interval");
        }
        return Duration.ofSeconds(seconds);
    }

    /** RFC 7162 section 7: {@code "MODSEQ" [SP entry-name SP entry-type-req] SP mod-sequence-valzer}. */
    private SearchKey modSeq() throws DecodingException {
        if (tokens.next('"')) {
            String entry = tokens.astring(charset);
            tokens.space();
            if (!entry.startsWith("/flags/") || !ENTRY_TYPES.contains(tokens.atom().toLowerCase(Locale.ROOT))) {
                throw SearchTokens.bad("Not an entry with a MODSEQ");
            }
            tokens.space();
        }
        return new SearchKey.ModSeq(tokens.number());
    }
}
