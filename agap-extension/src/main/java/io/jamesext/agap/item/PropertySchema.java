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
package io.jamesext.agap.item;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.common.collect.Sets;

/**
 * What must be, and what can be, in the items whose elements are the properties of iCalendar and vCard. AGAP sections 2.11.2, 2.11.4,
 * 2.11.7 and 2.11.10. Which properties there are is not said there: any can be.
 */
final class PropertySchema {
    /** RFC 5545 section 3.8.7 and others: what is a date or a date with a time there is a timestamp here. */
    static final Set<String> TIMES = Set.of("DTSTAMP", "DTSTART", "DTEND", "DUE", "COMPLETED", "CREATED", "LAST-MODIFIED", "RECURRENCE-ID");
    /** The event's or task's alarm, which is an item of its own. */
    static final String VALARM = "VALARM";

    private static final String UID = "UID";
    private static final String RELATED_TO = "RELATED-TO";
    private static final String SOURCE = "SOURCE";
    private static final Set<String> CALENDAR_ATTRIBUTES = Set.of("LANGUAGE", "VALUE", "CHARSET");
    private static final Set<String> CARD_ATTRIBUTES = Set.of("LANGUAGE", "VALUE", "CONTEXT", "CHARSET");
    private static final Pattern MIDNIGHT = Pattern.compile("T24:00:00Z");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'")
        .withResolverStyle(ResolverStyle.STRICT);

    private PropertySchema() {
    }

    /** VEVENT, VTODO, VJOURNAL: "can have only one VALARM associated". */
    static void component(XmlElement item) {
        properties(item, CALENDAR_ATTRIBUTES);
        one(item, UID);
        require(item.all(VALARM).count() <= 1, "it has one VALARM at most");
        item.all(VALARM).forEach(alarm -> require(!alarm.stripped().isEmpty(), "a VALARM holds the UID of an alarm"));
    }

    /** VALARM: "must have an UID defined and a RELATED-TO tag". */
    static void alarm(XmlElement item) {
        properties(item, CALENDAR_ATTRIBUTES);
        one(item, UID);
        one(item, RELATED_TO);
        item.all(RELATED_TO).forEach(related -> related.attribute(SOURCE).ifPresent(source ->
            require(Set.of("vevent", "vtodo").contains(source.toLowerCase(Locale.ROOT)), "the SOURCE of an alarm is vevent or vtodo")));
    }

    /** VCARD: "It is not accepted a SOURCE VCARD type". */
    static void card(XmlElement item) {
        properties(item, CARD_ATTRIBUTES);
        require(!item.isLeaf(), "the contact is empty");
        require(item.all(SOURCE).findAny().isEmpty(), "SOURCE is not accepted");
        require(item.all(UID).count() <= 1, "it has one UID at most");
    }

    private static void properties(XmlElement item, Set<String> forbidden) {
        require(item.attributes().isEmpty() && (!item.isLeaf() || item.text().isBlank()), "it is made of elements");
        item.children().forEach(property -> {
            require(property.isLeaf() && Interchange.isName(property.name()), "each element is a property, in capital letters");
            require(property.attributes().keySet().stream().allMatch(Interchange::isName),
                "attributes are in capital letters");
            require(Sets.intersection(property.attributes().keySet(), forbidden).isEmpty(),
                "the attributes " + String.join(", ", forbidden) + " are not accepted");
            value(property);
        });
    }

    private static void value(XmlElement property) {
        String value = property.stripped();
        require(!value.regionMatches(true, 0, "cid:", 0, "cid:".length()), "there are no parts that cid: could mean");
        if (TIMES.contains(property.name())) {
            require(time(value).isPresent(), property.name() + " is a time as 2011-06-07T18:00:00Z");
        }
        if (property.name().equals("DURATION")) {
            require(value.startsWith("P") || value.startsWith("-P"), "DURATION starts with P or -P");
        }
    }

    /** A timestamp; the end of a day can be written as the draft's figure 3 has it, as its 24th hour. */
    static Optional<LocalDateTime> time(String value) {
        try {
            boolean endOfDay = MIDNIGHT.matcher(value).find();
            LocalDateTime time = LocalDateTime.parse(MIDNIGHT.matcher(value).replaceAll("T00:00:00Z"), TIMESTAMP);
            return Optional.of(endOfDay ? time.plusDays(1) : time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time as the draft writes it. */
    static String timestamp(LocalDateTime time) {
        return TIMESTAMP.format(time);
    }

    private static void one(XmlElement item, String name) {
        boolean isThere = !item.first(name).map(XmlElement::stripped).orElse("").isEmpty();
        require(isThere && item.all(name).count() == 1, "there must be one " + name);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Root.refused(otherwise);
        }
    }
}
