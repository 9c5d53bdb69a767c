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
package io.jamesext.ximss.folder;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.james.mime4j.stream.Field;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.FolderView.Item;
import io.jamesext.ximss.mail.FieldText;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Text;

/**
 * A field of a folder's view, to show or to sort by. XIMSS, "Mailbox Operations", folderOpen: "The following sortField and viewer
 * fields can be specified".
 *
 * @param name as the client spells it, which is how the element is called
 */
public record ViewerField(String name) {
    /** It becomes an element's name, so it must be one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");
    private static final String BARE_ADDRESS = "E-";

    /** How much of a message has to be read, the least first. */
    public enum Cost {
        /** Nothing: the view knows it. */
        VIEW,
        /** Size and date. */
        METADATA,
        /** The header. */
        HEADER,
        /** All of it. */
        CONTENT
    }

    /**
     * What was read of a message.
     *
     * @param size its size in bytes
     * @param internalDate when it came
     * @param header its header; empty when nobody asked for it
     * @param content its octets; likewise
     */
    public record Details(long size, Instant internalDate, Optional<MailHeader> header, Optional<ByteSource> content) {
        Optional<Field> field(String fieldName) {
            return header.flatMap(read -> read.first(fieldName));
        }
    }

    /** Checks the name. */
    public ViewerField {
        if (!NAME.matcher(name).matches()) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible field name");
        }
    }

    /** What it costs. */
    public Cost cost() {
        return switch (name) {
            case "UID", "FLAGS" -> Cost.VIEW;
            case "SIZE", "INTERNALDATE" -> Cost.METADATA;
            default -> Cost.HEADER;
        };
    }

    /** The element for a message that is there. */
    public Element show(Item item, Details details, ZoneId zone) {
        return switch (name) {
            case "UID", "FLAGS" -> show(item);
            case "SIZE" -> Element.text(name, Long.toString(details.size()));
            case "INTERNALDATE" -> date(Optional.of(details.internalDate()), zone);
            default -> FieldText.isDateField(name)
                ? date(details.field(name).flatMap(FieldText::date).map(FieldText.SentDate::time), zone)
                : Element.text(name, text(details));
        };
    }

    /**
     * The element for a message of which nothing is known but what the view knows: it has been deleted, or no more was asked for.
     * XIMSS, "Mailbox Operations": "Requests to retrieve deleted message data return no data items or empty data items".
     */
    public Element show(Item item) {
        return switch (name) {
            case "UID" -> Element.text(name, Long.toString(item.uid()));
            case "FLAGS" -> Element.text(name, item.flags().asText());
            default -> Element.of(name, ImmutableMap.of(), List.of());
        };
    }

    /** What a message is sorted by when this is the sortField. */
    public SortKey sortKey(Item unsorted, Details details) {
        return switch (name) {
            // A view tells equal keys apart by the UID.
            case "UID" -> unsorted.key();
            case "FLAGS" -> SortKey.of(unsorted.flags().asText());
            case "SIZE" -> SortKey.of(details.size());
            case "INTERNALDATE" -> SortKey.of(details.internalDate().toEpochMilli());
            default -> FieldText.isDateField(name)
                ? SortKey.of(details.field(name).flatMap(FieldText::date).map(date -> date.time().toEpochMilli()).orElse(0L))
                : SortKey.of(text(details));
        };
    }

    /** The header field that is shown. */
    String headerName() {
        return name.equals("Pty") ? "X-Priority" : name.startsWith(BARE_ADDRESS) ? name.substring(BARE_ADDRESS.length()) : name;
    }

    /** A header field's value; empty when the message has none. */
    private String text(Details details) {
        return details.field(headerName()).map(this::text).orElse("");
    }

    /** A header field as it is shown. */
    String text(Field field) {
        if (name.equals("Pty")) {
            return priority(FieldText.text(field));
        }
        boolean bare = name.startsWith(BARE_ADDRESS);
        return bare || FieldText.isAddressField(name)
            ? FieldText.addresses(field).stream()
                .map(address -> bare ? address.address() : address.realName().orElse(address.address()))
                .collect(Collectors.joining(", "))
            : FieldText.text(field);
    }

    /** X-Priority counts from 1, the most urgent, to 5, often with a word behind. */
    private static String priority(String value) {
        return switch (value.strip().toLowerCase(Locale.US).replaceFirst("\\s.*", "")) {
            case "1", "2", "high", "highest" -> "High";
            case "4", "5", "low", "lowest" -> "Low";
            default -> "";
        };
    }

    private Element date(Optional<Instant> time, ZoneId zone) {
        return time.map(known -> Element.of(name, ImmutableMap.of("localTime", Times.basic(known, zone)),
                List.of(new Text(Times.gmt(known)))))
            .orElseGet(() -> Element.of(name, ImmutableMap.of(), List.of()));
    }
}
