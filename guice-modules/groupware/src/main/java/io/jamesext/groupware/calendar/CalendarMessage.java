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
package io.jamesext.groupware.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

import com.google.common.io.ByteStreams;

import io.jamesext.groupware.item.ItemMessage;

/**
 * A calendar as a message: an item of a mailbox, or an invitation (RFC 6047).
 *
 * @param id what the Message-ID is made of; any text
 * @param from an e-mail address
 * @param to e-mail addresses; an item has none
 * @param subject any text; cut when it is long
 * @param calendar with its METHOD, if it has one
 */
public record CalendarMessage(String id, String from, List<String> to, String subject, CalendarComponent calendar) {
    private static final Set<String> TYPES = Set.of("text/calendar", "text/x-vcalendar", "application/ics");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z-]{1,20}");
    /** Octets of one character, and white space between them. */
    private static final int OCTETS = 4;

    /** Addresses are plain ones: the regular expression has nothing that could end a header field. */
    public static boolean isAddress(String text) {
        return text.matches("[^\\s\\p{Cntrl}<>(),;:\\\\\"@\\[\\]]{1,64}@[A-Za-z0-9.-]{1,255}");
    }

    /** The message, dated now. */
    public byte[] octets(Instant now) {
        String component = calendar.components().stream().filter(CalendarEntry::isItem).findFirst().map(CalendarComponent::name)
            .orElse(CalendarComponent.EVENT);
        String method = calendar.text("METHOD").filter(name -> METHOD.matcher(name).matches()).map(name -> "; method=" + name).orElse("");
        ItemMessage.To addresses = ItemMessage.To.addresses(to.stream()
            .map(address -> new Mailbox(address.substring(0, address.indexOf('@')), address.substring(address.indexOf('@') + 1))).toList());
        return new ItemMessage(id, from, subject, addresses, "text/calendar; charset=utf-8" + method + "; component=" + component,
            CalendarWriter.write(calendar)).octets(now);
    }

    /**
     * The calendar of a message: that of its first part that has one. What is too big to be an item is none.
     *
     * @throws IOException when the message cannot be read
     */
    public static Optional<CalendarComponent> read(InputStream message) throws IOException {
        MimeTokenStream parts = new MimeTokenStream(
            MimeConfig.custom().setMaxHeaderLen(-1).setMaxLineLen(-1).setMaxHeaderCount(-1).build());
        parts.setRecursionMode(RecursionMode.M_NO_RECURSE);
        parts.parse(message);
        try {
            for (EntityState state = parts.getState(); state != EntityState.T_END_OF_STREAM; state = parts.next()) {
                if (state == EntityState.T_BODY && TYPES.contains(parts.getBodyDescriptor().getMimeType().toLowerCase(Locale.US))) {
                    return text(parts).flatMap(CalendarReader::read);
                }
            }
        } catch (MimeException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> text(MimeTokenStream part) throws IOException {
        BodyDescriptor descriptor = part.getBodyDescriptor();
        byte[] octets = ByteStreams.limit(part.getDecodedInputStream(), (long) OCTETS * CalendarReader.MAX_CHARACTERS).readAllBytes();
        String text = new String(octets, charset(descriptor));
        return text.length() > CalendarReader.MAX_CHARACTERS ? Optional.empty() : Optional.of(text);
    }

    /** RFC 5545 section 3.1.4: UTF-8, whatever RFC 2045 says of texts in general. */
    private static Charset charset(BodyDescriptor part) {
        String name = part.getCharset();
        try {
            return name == null || name.equalsIgnoreCase("us-ascii") ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
