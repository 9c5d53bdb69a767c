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

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import com.google.common.base.CharMatcher;

/** How the value of a property is put together from its parts. RFC 6350 sections 3.4 and 4. */
enum CardValue {
    /** One text. */
    TEXT {
        @Override
        List<String> read(String value) {
            return List.of(VObjectPropertyValues.unescape(value));
        }

        @Override
        String write(List<String> texts) {
            return texts.stream().map(VObjectPropertyValues::escape).collect(Collectors.joining(";"));
        }
    },
    /** Texts with commas between them. */
    LIST {
        @Override
        List<String> read(String value) {
            return parts(value, ',') > MAX_PARTS ? TEXT.read(value) : VObjectPropertyValues.parseList(value);
        }

        @Override
        String write(List<String> texts) {
            return VObjectPropertyValues.writeList(texts);
        }
    },
    /** Texts with semicolons between them. A comma within one is part of its text, as it is in most cards that have one there. */
    STRUCTURE {
        @Override
        List<String> read(String value) {
            return parts(value, ';') > MAX_PARTS ? TEXT.read(value) : VObjectPropertyValues.parseSemiStructured(value);
        }

        @Override
        String write(List<String> texts) {
            return VObjectPropertyValues.writeSemiStructured(texts, true, true);
        }
    },
    /** What is no text: RFC 6350 section 4.2 gives such values no backslashes, but some writers do. */
    URI {
        @Override
        List<String> read(String value) {
            return TEXT.read(value);
        }

        @Override
        String write(List<String> texts) {
            return String.join(";", texts).replace("\\", "\\\\");
        }
    };

    private static final int MAX_PARTS = 100;
    private static final Set<String> LISTS = Set.of("CATEGORIES", "NICKNAME");
    private static final Set<String> STRUCTURES = Set.of("N", "ADR", "ORG", "GENDER", "CLIENTPIDMAP");
    private static final Set<String> URIS = Set.of("URL", "SOURCE", "FBURL", "CALURI", "CALADRURI", "CAPURI", "IMPP", "RELATED", "MEMBER",
        "GEO", "PHOTO", "LOGO", "SOUND", "KEY");

    /** What the property's name and its VALUE parameter say. Nobody knows what a private property is: semicolons part it, in any case. */
    static CardValue of(CardProperty property) {
        boolean isUri = "uri".equals(property.parameters().getOrDefault("VALUE", "").toLowerCase(Locale.US));
        return isUri || URIS.contains(property.name()) ? URI
            : LISTS.contains(property.name()) ? LIST
            : STRUCTURES.contains(property.name()) || property.name().startsWith("X-") ? STRUCTURE : TEXT;
    }

    /** The parts of a value, without backslashes; at least one. */
    abstract List<String> read(String value);

    /** The value that has these parts. */
    abstract String write(List<String> texts);

    /** Counts before anything is made of them. */
    private static int parts(String value, char separator) {
        return CharMatcher.is(separator).countIn(value) + 1;
    }
}
