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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

import io.jamesext.groupware.item.ItemMessage;
import io.jamesext.groupware.vcard.Card;
import io.jamesext.groupware.vcard.CardProperty;
import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.groupware.vcard.CardWriter;
import io.jamesext.groupware.vcard.ContactItem;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;

/**
 * The XML form of cards, which is XIMSS's own. XIMSS, "Contacts Operations", names the elements vCard and vCardGroup and breaks off
 * before it says what is in them: this is what clients of CommuniGate read and send. An element for each property; in it an empty
 * element for each type, then VALUE, BINVAL (base64), or the parts of a name, an address or an organisation; attributes for the other
 * parameters.
 *
 * <pre>{@code
 * <EMAIL><WORK/><VALUE>a@example.org</VALUE></EMAIL> <N><FAMILY>Doe</FAMILY>...</N> <MEMBER CN="Jo"><VALUE>...</VALUE></MEMBER>
 * }</pre>
 */
public final class CardElements {
    private static final String VALUE = "VALUE";
    private static final String BINVAL = "BINVAL";
    private static final String TYPE = "TYPE";
    /** In small letters, so that it is no parameter. */
    private static final String GROUP = "group";
    private static final String VERSION = "VERSION";
    private static final Map<String, ImmutableList<String>> PARTS = Map.of(
        "N", ImmutableList.of("FAMILY", "GIVEN", "MIDDLE", "PREFIX", "SUFFIX"),
        "ADR", ImmutableList.of("POBOX", "EXTADD", "STREET", "LOCALITY", "REGION", "PCODE", "CTRY"),
        "ORG", ImmutableList.of("ORGNAME", "ORGUNIT"));
    /** XEP-0054: what clients copy from a peer's card has these where CommuniGate's own has VALUE. */
    private static final Set<String> VALUES = Set.of(VALUE, "USERID", "NUMBER", "KEYWORD", "LAT", "LON", "EXTVAL");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Set<String> CONTACT_SUBTYPES = Set.of("x-vcard", "vcard", "directory");
    private static final String GROUP_SUBTYPE = "x-vgroup";

    private CardElements() {
    }

    /** True for the subtypes of text that are made of cards. XIMSS, "Contacts Operations". */
    static boolean isSubtype(String subtype) {
        return CONTACT_SUBTYPES.contains(subtype) || subtype.equals(GROUP_SUBTYPE);
    }

    /** True for a card's element. */
    public static boolean isCard(Element element) {
        return element.name().equals("vCard") || element.name().equals("vCardGroup");
    }

    /**
     * The text of a part that is composed of cards.
     *
     * @param mime the part, with elements in it
     * @throws ProtocolException when they do not make such a part
     */
    static String text(String subtype, Element mime) {
        List<Element> cards = mime.elements().toList();
        if (!isSubtype(subtype)) {
            // HTML comes as escaped text; of elements only the text between them would be left.
            throw new ProtocolException(Failure.SYNTAX, "a text part holds text only");
        }
        boolean isGroup = subtype.equals(GROUP_SUBTYPE);
        String name = isGroup ? "vCardGroup" : "vCard";
        if (!cards.stream().allMatch(card -> card.name().equals(name)) || isGroup && cards.size() > 1 || !mime.text().isBlank()) {
            throw new ProtocolException(Failure.SYNTAX, "a part of cards holds vCard elements, or one vCardGroup if it is x-vgroup");
        }
        String text = CardWriter.write(cards.stream().map(CardElements::card).map(Card::completed).toList());
        // What could not be read again is not written.
        new CardReader().read(text);
        return text;
    }

    /**
     * The item of a card.
     *
     * @param from whose it is, an e-mail address
     * @throws ProtocolException when it is too big to be shown again
     */
    public static ItemMessage item(Card card, String from) {
        ItemMessage item = ContactItem.of(card, from);
        new CardReader().read(item.body());
        return item;
    }

    /** The card of an element, as it is. */
    public static Card card(Element element) {
        List<CardProperty> properties = new ArrayList<>();
        Card.Version version = Card.Version.V3;
        for (Element child : element.elements().toList()) {
            if (child.name().equalsIgnoreCase(VERSION)) {
                version = Card.Version.of(new Content(child, List.of()).texts().get(0));
            } else {
                properties.add(property(child));
            }
        }
        if (properties.isEmpty()) {
            throw new ProtocolException(Failure.SYNTAX, "a vCard has properties");
        }
        return Card.of(element.name().equals("vCardGroup") ? Card.Kind.GROUP : Card.Kind.CONTACT, version, properties);
    }

    /** The element of a card. */
    public static Element of(Card card) {
        List<Element> properties = new ArrayList<>();
        properties.add(Element.of(VERSION, Map.of(), List.of(Element.text(VALUE, card.version().number()))));
        card.properties().stream()
            .filter(property -> NAME.matcher(property.name()).matches())
            .map(CardElements::of)
            .forEach(properties::add);
        return Element.of(card.kind() == Card.Kind.GROUP ? "vCardGroup" : "vCard", Map.of(), properties);
    }

    private static Element of(CardProperty property) {
        List<String> parts = PARTS.getOrDefault(property.name(), ImmutableList.of());
        Map<String, String> attributes = new LinkedHashMap<>();
        property.group().ifPresent(group -> attributes.put(GROUP, group));
        property.parameters().forEach((name, value) -> {
            if (NAME.matcher(name).matches()) {
                attributes.put(name.toUpperCase(Locale.US), value);
            }
        });
        List<Element> body = new ArrayList<>();
        List<String> otherTypes = new ArrayList<>();
        for (String type : property.types()) {
            String name = type.toUpperCase(Locale.US);
            boolean isElement = NAME.matcher(name).matches() && !parts.contains(name) && !isValue(name);
            if (isElement) {
                body.add(Element.of(name, Map.of(), List.of()));
            } else {
                otherTypes.add(type);
            }
        }
        if (!otherTypes.isEmpty()) {
            attributes.put(TYPE, String.join(",", otherTypes));
        }
        List<String> texts = property.texts();
        for (int i = 0; i < Math.max(texts.size(), parts.size()); i++) {
            // An organisation has any number of units; what has more parts than it can have keeps them as more of the last.
            String name = parts.isEmpty() ? property.binary() ? BINVAL : VALUE : parts.get(Math.min(i, parts.size() - 1));
            String text = i < texts.size() ? texts.get(i) : "";
            body.add(text.isEmpty() ? Element.of(name, Map.of(), List.of()) : Element.text(name, text));
        }
        return Element.of(property.name(), attributes, body);
    }

    private static boolean isValue(String name) {
        return VALUES.contains(name) || name.equals(BINVAL) || name.equals(TYPE);
    }

    private static CardProperty property(Element element) {
        String name = element.name().toUpperCase(Locale.US);
        Content content = new Content(element, PARTS.getOrDefault(name, ImmutableList.of()));
        Map<String, String> parameters = new LinkedHashMap<>();
        element.attributes().forEach((attribute, value) -> parameters.put(attribute.toUpperCase(Locale.US), value));
        List.of("GROUP", TYPE, "ENCODING", "CHARSET", "XMLNS").forEach(parameters::remove);
        if (content.isExternal) {
            parameters.put(VALUE, "uri");
        }
        element.attribute(TYPE)
            .ifPresent(types -> Splitter.on(',').trimResults().omitEmptyStrings().split(types).forEach(content.types::add));
        Optional<String> base64 = content.binary.map(CharMatcher.whitespace()::removeFrom);
        try {
            CardProperty text = CardProperty.of(name, content.types, parameters, content.texts());
            return new CardProperty(element.attribute(GROUP), name, text.types(), text.parameters(), base64.orElse(text.value()),
                base64.isPresent());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Failure.SYNTAX, "not a possible property of a vCard");
        }
    }

    /** What is in a property's element, whichever client made it. */
    private static final class Content {
        private final List<String> parts;
        private final Map<String, List<String>> partTexts = new HashMap<>();
        private final List<String> values = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private Optional<String> binary = Optional.empty();
        private boolean isExternal;

        Content(Element element, List<String> parts) {
            this.parts = parts;
            String own = element.text();
            if (!own.isBlank()) {
                values.add(own);
            }
            element.elements().forEach(this::add);
        }

        private void add(Element child) {
            String name = child.name().toUpperCase(Locale.US);
            String text = child.text();
            if (child.elements().findAny().isPresent()) {
                throw new ProtocolException(Failure.SYNTAX, "the value of a vCard property is text");
            }
            if (parts.contains(name)) {
                partTexts.computeIfAbsent(name, first -> new ArrayList<>()).add(text);
            } else if (name.equals(BINVAL)) {
                binary = Optional.of(text);
            } else if (name.equals(TYPE)) {
                // XEP-0054: image/png.
                types.add(text.strip().substring(text.strip().lastIndexOf('/') + 1).toUpperCase(Locale.US));
            } else if (VALUES.contains(name) || !text.isBlank()) {
                isExternal |= name.equals("EXTVAL");
                values.add(text);
            } else {
                types.add(name);
            }
        }

        List<String> texts() {
            if (partTexts.isEmpty()) {
                return values.isEmpty() ? List.of("") : values;
            }
            List<String> texts = new ArrayList<>();
            // Only the last part can be there several times and leave the others in their places.
            parts.subList(0, parts.size() - 1).forEach(part -> texts.add(String.join(" ", partTexts.getOrDefault(part, List.of()))));
            texts.addAll(partTexts.getOrDefault(parts.get(parts.size() - 1), List.of("")));
            return texts;
        }
    }

    /** The elements of a part's text; none when it holds no cards, or too much of them. */
    static List<Node> elements(String text, CardReader reader) {
        try {
            return reader.read(text).stream().<Node>map(CardElements::of).toList();
        } catch (ProtocolException e) {
            return List.of();
        }
    }
}
