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
package io.jamesext.groupware.vcard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.google.common.collect.ImmutableList;

/**
 * A contact, or a group of them.
 *
 * @param kind which of the two
 * @param version the vCard version whose rules its values follow
 * @param properties all lines but the first, the last and VERSION, in order
 */
public record Card(Kind kind, Version version, ImmutableList<CardProperty> properties) {
    /** What a card stands for. */
    public enum Kind {
        /** A vCard. */
        CONTACT("VCARD"),
        /** A list of addresses: XIMSS, "Contacts Operations", vCardGroup. */
        GROUP("VGROUP");

        private final String component;

        Kind(String component) {
            this.component = component;
        }

        /** What stands behind BEGIN and END. */
        String component() {
            return component;
        }
    }

    /** The versions that are written. Cards of version 2.1 are read as 3.0. */
    public enum Version {
        /** RFC 2426. */
        V3("3.0"),
        /** RFC 6350. */
        V4("4.0");

        private final String number;

        Version(String number) {
            this.number = number;
        }

        /** As a card says it. */
        public String number() {
            return number;
        }

        /** The version of a number; 3.0 when it is no number of ours. */
        public static Version of(String number) {
            return number.strip().equals(V4.number) ? V4 : V3;
        }
    }

    /** From any list, which is copied. */
    public static Card of(Kind kind, Version version, List<CardProperty> properties) {
        return new Card(kind, version, ImmutableList.copyOf(properties));
    }

    /** The properties of a name. */
    public Stream<CardProperty> all(String name) {
        return properties.stream().filter(property -> property.name().equals(name));
    }

    /** What its properties of a name say, on one line each. */
    public Stream<String> lines(String name) {
        return all(name).map(CardProperty::line).filter(text -> !text.isEmpty());
    }

    /** Its identifier, if it has one. */
    public Optional<String> uid() {
        return lines("UID").findFirst();
    }

    /** What people call it: the first of its names, or an address; empty when it has neither. */
    public String displayName() {
        return Stream.of(Stream.of("X-FILE-AS", "FN", "NAME").flatMap(this::lines), personalName(), lines("NICKNAME"), lines("ORG"),
                lines("EMAIL"), lines("TEL"))
            .flatMap(names -> names)
            .findFirst()
            .orElse("");
    }

    /** RFC 6350 section 6.2.2: family, given, additional, prefix, suffix; people read the first two the other way round. */
    private Stream<String> personalName() {
        return all("N").map(CardProperty::texts)
            .map(parts -> Stream.of(1, 2, 0).filter(i -> i < parts.size()).map(parts::get).filter(part -> !part.isBlank()).toList())
            .map(parts -> String.join(" ", parts).strip())
            .filter(name -> !name.isEmpty());
    }

    /**
     * The same with what it must have but had not: a UID, so that it can be found again, and what its version asks for (RFC 2426
     * section 4 and RFC 6350 section 6.2: FN; N in version 3.0), so that others can read it.
     */
    public Card completed() {
        List<CardProperty> added = new ArrayList<>(properties);
        if (all("FN").findAny().isEmpty()) {
            added.add(CardProperty.text("FN", displayName()));
        }
        if (kind == Kind.CONTACT && version == Version.V3 && all("N").findAny().isEmpty()) {
            added.add(CardProperty.text("N", "", "", "", "", ""));
        }
        if (uid().isEmpty()) {
            added.removeIf(property -> property.name().equals("UID"));
            added.add(CardProperty.text("UID", UUID.randomUUID().toString()));
        }
        return of(kind, version, added);
    }
}
