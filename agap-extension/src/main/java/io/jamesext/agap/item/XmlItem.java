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

import java.util.List;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.message.PartPath;
import reactor.core.publisher.Flux;

/**
 * An item whose XML is held whole: all but mail and files.
 *
 * @param root its XML
 */
public record XmlItem(XmlElement root) implements Item {
    /** A text that stands for one of a list: section 4.34. */
    private static final String ITEM = "item";

    @Override
    public Flux<String> xml() {
        return lines(root);
    }

    /** As they are asked for. */
    private static Flux<String> lines(XmlElement element) {
        return element.isLeaf()
            ? Flux.fromStream(() -> XmlLines.leaf(element))
            : Flux.concat(Flux.fromIterable(XmlLines.begin(element)), Flux.fromIterable(element.children()).concatMap(XmlItem::lines),
                Flux.just(XmlLines.end(element)));
    }

    @Override
    public Flux<String> part(String path) {
        LeafPath wanted = LeafPath.parse(path).orElseThrow(PartPath::unknown);
        List<XmlElement> leaves = wanted.isWhole()
            ? wanted.leaves(root)
            : wanted.leaves(root).stream().flatMap(leaf -> wanted.text(leaf).stream()).map(text -> XmlElement.leaf(ITEM, text)).toList();
        if (leaves.isEmpty()) {
            throw PartPath.unknown();
        }
        return Flux.fromIterable(leaves).concatMap(leaf -> Flux.fromStream(() -> XmlLines.content(leaf)));
    }

    @Override
    public ImmutableList<String> values(String path) {
        return LeafPath.parse(path).stream()
            .flatMap(wanted -> wanted.leaves(root).stream().flatMap(leaf -> wanted.text(leaf).map(text -> value(leaf, text)).stream()))
            .collect(ImmutableList.toImmutableList());
    }

    private String value(XmlElement leaf, String text) {
        return !leaf.isBase64() && Root.of(root).filter(item -> item.layOut(leaf.name())).isPresent() ? text.strip() : text;
    }
}
