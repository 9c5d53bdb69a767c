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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.groupware.calendar.CalendarTime;
import io.jamesext.groupware.vcard.Card;
import io.jamesext.groupware.vcard.CardProperty;

/** Contacts between XML and vCard. AGAP section 2.11.4. */
final class CardXml {
    private static final String TYPE = "TYPE";
    private static final String VERSION = "VERSION";
    /** RFC 2426 sections 3.1.4, 3.5.3 and 3.6.6: their TYPE is the subtype of a media type, which the draft's figure 9 writes whole. */
    private static final Map<String, String> MEDIA = Map.of("PHOTO", "image/", "LOGO", "image/", "SOUND", "audio/");
    /** Their values can be written without dashes and colons: RFC 2426 sections 3.1.5 and 3.6.4. */
    private static final Set<String> TIMES = Set.of("BDAY", "REV");
    /** White space at the ends is part of these. */
    static final Set<String> PROSE = Set.of("FN", "N", "ORG", "NOTE", "LABEL", "ADR", "TITLE", "ROLE", "NICKNAME");

    private CardXml() {
    }

    /** The card of a contact, for other clients. */
    static Card card(XmlElement contact) {
        Card.Version version = contact.first(VERSION).map(XmlElement::stripped).map(Card.Version::of).orElse(Card.Version.V3);
        List<CardProperty> properties = new ArrayList<>();
        contact.children().stream().filter(leaf -> !Set.of(VERSION, "BEGIN", "END").contains(leaf.name()))
            .forEach(leaf -> properties.add(property(leaf)));
        return Card.of(Card.Kind.CONTACT, version, properties);
    }

    private static CardProperty property(XmlElement leaf) {
        Map<String, String> parameters = new LinkedHashMap<>(leaf.attributes());
        parameters.remove(XmlElement.ENCODED);
        String types = Optional.ofNullable(parameters.remove(TYPE)).orElse("");
        ImmutableList<String> list = Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(types)
            .map(type -> subtype(leaf.name(), type)).collect(ImmutableList.toImmutableList());
        Optional<String> text = leaf.decoded().filter(decoded -> !leaf.isBase64() || PROSE.contains(leaf.name()));
        String value = text.map(decoded -> Interchange.fromXml(PROSE.contains(leaf.name()) ? decoded : leaf.stripped()))
            .orElseGet(() -> Base64Text.padded(leaf.text()));
        return new CardProperty(Optional.empty(), leaf.name(), list, ImmutableMap.copyOf(parameters), value, text.isEmpty());
    }

    private static String subtype(String name, String type) {
        String media = MEDIA.getOrDefault(name, "/");
        return type.startsWith(media) ? type.substring(media.length()).toUpperCase(Locale.ROOT) : type;
    }

    /** The XML of a card. */
    static XmlElement xml(Card card) {
        List<XmlElement> leaves = new ArrayList<>();
        leaves.add(XmlElement.leaf(VERSION, card.version().number()));
        card.properties().stream()
            .filter(property -> Interchange.isName(property.name()) && Interchange.isShown(property.value()))
            .filter(property -> !property.name().equals("SOURCE"))
            .forEach(property -> leaves.add(leaf(property)));
        return XmlElement.branch(Root.VCARD.name(), leaves);
    }

    private static XmlElement leaf(CardProperty property) {
        ImmutableMap.Builder<String, String> attributes = ImmutableMap.builder();
        String types = property.types().stream().map(type -> type.toLowerCase(Locale.ROOT))
            .map(type -> property.binary() && !type.contains("/") ? MEDIA.getOrDefault(property.name(), "") + type : type)
            .collect(Collectors.joining(","));
        if (!types.isEmpty() && XmlElement.fits(TYPE, types)) {
            attributes.put(TYPE, types);
        }
        Interchange.attributes(property.parameters(), attributes);
        if (property.binary()) {
            attributes.put(XmlElement.ENCODED, XmlElement.BASE64);
        }
        return XmlElement.leaf(property.name(), attributes.buildOrThrow(),
            property.binary() ? property.value() : text(property));
    }

    /** Dates and times in the draft's form; all others as they are, with their line ends. */
    private static String text(CardProperty property) {
        return Optional.of(property.value().strip()).filter(value -> TIMES.contains(property.name()))
            .flatMap(value -> CalendarTime.parse(value, ""))
            .filter(time -> time.isDate() || time.zone().equals(CalendarTime.UTC))
            .map(time -> time.isDate() ? time.local().toLocalDate().toString() : PropertySchema.timestamp(time.local()))
            .orElseGet(() -> Interchange.toXml(property.value()));
    }
}
