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
package io.jamesext.agap.message;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;

/** A HEADER element. AGAP section 2.11.8: an element for each name in the message's case; one that comes again holds an item for each. */
final class HeaderXml {
    /** A longer name does not fit on a line with a value; such a field is left out. */
    private static final int MAX_NAME = 200;
    /** Room for a value beside the dot and its element's tags. */
    private static final int LINE_OCTETS = 1000 - 2 * (MAX_NAME + 3);
    /** RETR with a part has the whole line for the value. */
    private static final int PLAIN_OCTETS = 1000;

    private HeaderXml() {
    }

    static Flux<String> lines(List<Header> headers) {
        Collection<List<Header>> byName = headers.stream()
            .filter(header -> !header.name().isEmpty() && header.name().length() <= MAX_NAME
                && XmlText.name(header.name()).length() <= MAX_NAME)
            .collect(Collectors.groupingBy(header -> header.name().toLowerCase(Locale.ROOT), LinkedHashMap::new, Collectors.toList()))
            .values();
        return Flux.concat(Flux.just("<HEADER>"), Flux.fromIterable(byName).concatMap(HeaderXml::element), Flux.just("</HEADER>"));
    }

    private static Flux<String> element(List<Header> sameName) {
        String tag = XmlText.name(sameName.get(0).name());
        if (sameName.size() == 1) {
            return Leaf.header(sameName.get(0).value(), LINE_OCTETS).element(tag, "");
        }
        return Flux.concat(
            Flux.just("<" + tag + ">"),
            Flux.fromIterable(sameName).concatMap(header -> Leaf.header(header.value(), LINE_OCTETS).element("item", "")),
            Flux.just("</" + tag + ">"));
    }

    /** The values of one name, each on a line of its own, or on several when it is long. */
    static Flux<String> values(List<Header> headers, PartPath path) {
        List<String> values = headers.stream()
            .filter(header -> path.isHeader(header.name()))
            .flatMap(header -> path.item(header.value()).stream())
            .toList();
        if (values.isEmpty()) {
            throw PartPath.unknown();
        }
        return Flux.fromIterable(values).concatMap(value -> Leaf.header(value, PLAIN_OCTETS).content());
    }
}
