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

package io.jamesext.lemonade.imap.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;

import io.jamesext.lemonade.imap.select.SelectRequest.Match;
import io.jamesext.lemonade.imap.select.SelectRequest.Resync;

/**
 * Parses SELECT and EXAMINE. RFC 3501 section 9, RFC 4466 section 6 and RFC 7162 section 7:
 *
 * <pre>
 * select          = "SELECT" SP mailbox [SP "(" select-param *(SP select-param) ")"]
 * select-param    = "CONDSTORE" / "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
 * seq-match-data  = "(" known-sequence-set SP known-uid-set ")"
 * </pre>
 */
public final class SelectCommandParser extends AbstractImapCommandParser {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final long MAX_UID = 0xFFFFFFFFL;

    private SelectCommandParser(ImapCommand command, StatusResponseFactory responses) {
        super(command, responses);
    }

    /** The parser of SELECT. */
    public static SelectCommandParser select(StatusResponseFactory responses) {
        return new SelectCommandParser(ImapConstants.SELECT_COMMAND, responses);
    }

    /** The parser of EXAMINE, which has the same arguments. */
    public static SelectCommandParser examine(StatusResponseFactory responses) {
        return new SelectCommandParser(ImapConstants.EXAMINE_COMMAND, responses);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        String mailbox = request.mailbox();
        boolean condstore = false;
        Optional<Resync> resync = Optional.empty();
        if (request.nextWordCharLenient().filter(next -> next == '(').isPresent()) {
            request.consumeChar('(');
            do {
                String parameter = word(request).toUpperCase(Locale.ROOT);
                if (parameter.equals("CONDSTORE") && !condstore) {
                    condstore = true;
                } else if (parameter.equals("QRESYNC") && resync.isEmpty()) {
                    resync = Optional.of(resync(request));
                } else {
                    throw bad("Unknown select parameter");
                }
            } while (more(request));
            request.consumeChar(')');
        }
        request.eol();
        return new SelectRequest(tag, getCommand(), mailbox, condstore, resync);
    }

    private static Resync resync(ImapRequestLineReader request) throws DecodingException {
        request.consumeChar(' ');
        request.consumeChar('(');
        long uidValidity = number(word(request), MAX_UID);
        request.consumeChar(' ');
        long modSeq = number(word(request), Long.MAX_VALUE);
        Optional<ImmutableRangeSet<Long>> known = Optional.empty();
        Optional<Match> match = Optional.empty();
        boolean more = more(request);
        if (more && request.nextChar() != '(') {
            known = Optional.of(ImmutableRangeSet.unionOf(ranges(word(request))));
            more = more(request);
        }
        if (more) {
            match = Optional.of(match(request));
        }
        request.consumeChar(')');
        return new Resync(uidValidity, modSeq, known, match);
    }

    private static Match match(ImapRequestLineReader request) throws DecodingException {
        request.consumeChar('(');
        List<Range<Long>> numbers = ranges(word(request));
        request.consumeChar(' ');
        List<Range<Long>> uids = ranges(word(request));
        request.consumeChar(')');
        if (!ascending(numbers) || !ascending(uids) || size(numbers) != size(uids)) {
            throw bad("Message sequence match data must be in ascending order");
        }
        return new Match(numbers, uids);
    }

    private static boolean more(ImapRequestLineReader request) throws DecodingException {
        boolean space = request.nextChar() == ' ';
        if (space) {
            request.consume();
        }
        return space;
    }

    private static String word(ImapRequestLineReader request) throws DecodingException {
        StringBuilder word = new StringBuilder();
        for (char next = request.nextChar(); next > ' ' && next != '(' && next != ')'; next = request.nextChar()) {
            word.append(request.consume());
        }
        return word.toString();
    }

    /** RFC 7162 section 7: a sequence-set without "*". */
    private static List<Range<Long>> ranges(String set) throws DecodingException {
        List<Range<Long>> ranges = new ArrayList<>();
        for (String range : set.split(",", -1)) {
            int colon = range.indexOf(':');
            long first = number(colon < 0 ? range : range.substring(0, colon), MAX_UID);
            long last = colon < 0 ? first : number(range.substring(colon + 1), MAX_UID);
            // A range of its own would not touch the next one: 1:2,3:4 is 1:4.
            ranges.add(Range.closed(Math.min(first, last), Math.max(first, last)).canonical(DiscreteDomain.longs()));
        }
        return ranges;
    }

    private static boolean ascending(List<Range<Long>> ranges) {
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).lowerEndpoint() < ranges.get(i - 1).upperEndpoint()) {
                return false;
            }
        }
        return true;
    }

    private static long size(List<Range<Long>> ranges) {
        return ranges.stream().mapToLong(range -> range.upperEndpoint() - range.lowerEndpoint()).sum();
    }

    private static long number(String digits, long most) throws DecodingException {
        if (NUMBER.matcher(digits).matches()) {
            try {
                long number = Long.parseLong(digits);
                if (number > 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw bad("A number is too large");
            }
        }
        throw bad("Expected a number");
    }

    private static DecodingException bad(String what) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, what);
    }
}
