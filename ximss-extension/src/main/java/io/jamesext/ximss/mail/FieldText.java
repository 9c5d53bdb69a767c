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
package io.jamesext.ximss.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.DateTimeFieldLenientImpl;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.MimeUtil;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** What header fields say, decoded: texts, addresses and dates. */
public final class FieldText {
    /** XIMSS, "Mailbox Operations": "From, To, Cc, Bcc, Reply-To, Sender, Return-Path, or other Email-field name". */
    private static final Set<String> ADDRESS_FIELDS = ImmutableSet.of("from", "to", "cc", "bcc", "reply-to", "sender", "return-path",
        "resent-from", "resent-to", "resent-cc", "resent-bcc", "resent-sender", "resent-reply-to", "disposition-notification-to",
        "errors-to");
    private static final Set<String> DATE_FIELDS = ImmutableSet.of("date", "resent-date");
    /** RFC 5322 section 3.4 lets a name stand in a comment behind the address. */
    private static final Pattern COMMENT = Pattern.compile("\\(([^()]*)\\)\\s*$");
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d\\d)(\\d\\d)\\b");
    /** What unlabelled 8-bit mail that is not UTF-8 mostly is. */
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    /** A mailbox with its owner's name, if it has one. */
    public record Address(Optional<String> realName, String address) {
    }

    /** A date with the zone that its sender was in. */
    public record SentDate(Instant time, int shiftSeconds) {
    }

    private FieldText() {
    }

    /** True for a field that holds addresses. */
    public static boolean isAddressField(String name) {
        return ADDRESS_FIELDS.contains(name.toLowerCase(Locale.US));
    }

    /** True for a field that holds a date. */
    public static boolean isDateField(String name) {
        return DATE_FIELDS.contains(name.toLowerCase(Locale.US));
    }

    /**
     * One spelling for a field's name, however the message spells it: the client looks elements up by it. XIMSS, "Secure Messaging",
     * shows Message-Id and Return-Path.
     */
    public static String canonicalName(String name) {
        return Splitter.on('-').splitToStream(name.toLowerCase(Locale.US))
            .map(part -> part.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.US) + part.substring(1))
            .collect(Collectors.joining("-"));
    }

    /** The text, unfolded and with its encoded words decoded (RFC 2047). */
    public static String text(Field field) {
        return EncodedWords.decode(body(field));
    }

    /** The addresses, groups taken apart. What is no address at all is left out. */
    public static List<Address> addresses(Field field) {
        String body = EncodedWords.mask(body(field));
        // The parser drops comments, so a list that has some is parsed piece by piece; nobody combines them with groups.
        Stream<String> pieces = body.indexOf('(') >= 0 && body.indexOf(';') < 0 ? pieces(body) : Stream.of(body);
        return pieces.flatMap(FieldText::addresses).collect(ImmutableList.toImmutableList());
    }

    private static Stream<Address> addresses(String piece) {
        // Looked for once: a list may have a hundred thousand mailboxes.
        Optional<String> comment = Optional.of(COMMENT.matcher(piece)).filter(Matcher::find).map(found -> found.group(1));
        return LenientAddressParser.DEFAULT.parseAddressList(piece).flatten().stream()
            .filter(mailbox -> mailbox.getLocalPart() != null && !mailbox.getLocalPart().isEmpty())
            .map(mailbox -> new Address(name(mailbox, comment), mailbox.getAddress()));
    }

    /** Splits at the commas that are in no quoted string and in no comment. */
    private static Stream<String> pieces(String body) {
        Stream.Builder<String> pieces = Stream.builder();
        int from = 0;
        int comments = 0;
        boolean quoted = false;
        for (int i = 0; i < body.length(); i++) {
            switch (body.charAt(i)) {
                case '\\' -> i++;
                case '"' -> quoted = comments == 0 && !quoted;
                case '(' -> comments += quoted ? 0 : 1;
                case ')' -> comments -= quoted || comments == 0 ? 0 : 1;
                case ',' -> {
                    if (!quoted && comments == 0) {
                        pieces.add(body.substring(from, i));
                        from = i + 1;
                    }
                }
                default -> { }
            }
        }
        return pieces.add(body.substring(from)).build();
    }

    /** The date, if it is one. */
    public static Optional<SentDate> date(Field field) {
        String body = body(field);
        RawField raw = new RawField(field.getName(), body);
        return Optional.ofNullable(DateTimeFieldLenientImpl.PARSER.parse(raw, DecodeMonitor.SILENT).getDate())
            .map(date -> new SentDate(date.toInstant(), shift(body)));
    }

    private static int shift(String body) {
        Matcher offset = OFFSET.matcher(body);
        if (!offset.find()) {
            return 0;
        }
        int seconds = Integer.parseInt(offset.group(2)) * 3600 + Integer.parseInt(offset.group(3)) * 60;
        return offset.group(1).equals("-") ? -seconds : seconds;
    }

    private static Optional<String> name(Mailbox mailbox, Optional<String> comment) {
        return Stream.of(Optional.ofNullable(mailbox.getName()), comment)
            .flatMap(Optional::stream)
            .map(name -> EncodedWords.unmask(name).strip())
            .filter(name -> !name.isEmpty())
            .findFirst();
    }

    private static String body(Field field) {
        if (field.getRaw() == null) {
            return MimeUtil.unfold(Optional.ofNullable(field.getBody()).orElse("")).strip();
        }
        byte[] raw = field.getRaw().toByteArray();
        int colon = 0;
        while (colon < raw.length && raw[colon] != ':') {
            colon++;
        }
        ByteBuffer value = ByteBuffer.wrap(raw, Math.min(colon + 1, raw.length), Math.max(raw.length - colon - 1, 0));
        return MimeUtil.unfold(decode(value)).strip();
    }

    /** RFC 6532 mail is UTF-8; older 8-bit headers are whatever their sender used. */
    private static String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return FALLBACK.decode(bytes).toString();
        }
    }
}
