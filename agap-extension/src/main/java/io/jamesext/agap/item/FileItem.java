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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Bytes;

import io.jamesext.agap.message.Leaf;
import io.jamesext.agap.message.Leaves;
import io.jamesext.agap.message.XmlText;
import reactor.core.publisher.Flux;

/**
 * A file, whose content is read as it goes out. AGAP section 2.11.5.
 *
 * @param source opens the message; called for each reading
 * @param index that of the content among the leaves of the message, from 0
 * @param name its NAME
 * @param isText true when the content goes out as text, where its lines fit the protocol
 */
record FileItem(Callable<InputStream> source, int index, XmlElement name, boolean isText) implements Item {
    private static final String CONTENT = "CONTENT";
    /** Filters look at no more octets than these, and no longer text goes out as text. */
    private static final int MAX_TEXT = 256 * 1024;

    @Override
    public Flux<String> xml() {
        return Flux.concat(Flux.just("<FILE>"), Flux.fromStream(() -> XmlLines.leaf(name)),
            content(leaf -> leaf.element(CONTENT, " ENCODED=\"utf-8\"")), Flux.just("</FILE>"));
    }

    @Override
    public Flux<String> part(String path) {
        boolean isContent = LeafPath.parse(path).filter(LeafPath::isWhole)
            .filter(wanted -> wanted.leaves(root("")).stream().anyMatch(leaf -> leaf.name().equals(CONTENT))).isPresent();
        return isContent ? content(Leaf::content) : new XmlItem(withoutContent()).part(path);
    }

    @Override
    public ImmutableList<String> values(String path) {
        boolean isContent = LeafPath.parse(path)
            .filter(wanted -> wanted.leaves(root("")).stream().anyMatch(leaf -> leaf.name().equals(CONTENT))).isPresent();
        return isContent ? text().map(text -> new XmlItem(root(text)).values(path)).orElseGet(ImmutableList::of)
            : new XmlItem(withoutContent()).values(path);
    }

    private XmlElement root(String content) {
        return XmlElement.branch(Root.FILE.name(), List.of(name,
            XmlElement.leaf(CONTENT, ImmutableMap.of(XmlElement.ENCODED, "utf-8"), content)));
    }

    private XmlElement withoutContent() {
        return XmlElement.branch(Root.FILE.name(), List.of(name));
    }

    private Optional<String> text() {
        try (Leaves leaves = new Leaves(source.call())) {
            leaves.skipTo(index);
            byte[] head = leaves.content().readNBytes(MAX_TEXT + 1);
            return head.length > MAX_TEXT ? Optional.empty() : XmlText.utf8(head);
        } catch (Exception e) {
            throw new IllegalStateException("the stored file cannot be read", e);
        }
    }

    @FunctionalInterface
    private interface Reading {
        Flux<String> lines(Leaf leaf);
    }

    private Flux<String> content(Reading reading) {
        return Leaves.lines(source, leaves -> {
            leaves.skipTo(index);
            return reading.lines(leaf(leaves.content()));
        });
    }

    /** As text only where it is UTF-8 and no carriage return would get lost. */
    private Leaf leaf(InputStream content) throws IOException {
        if (!isText) {
            return Leaf.octets(content);
        }
        byte[] head = content.readNBytes(MAX_TEXT + 1);
        boolean isShown = head.length <= MAX_TEXT && !Bytes.contains(head, (byte) '\r') && XmlText.utf8(head).isPresent();
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), content);
        return isShown ? Leaf.text(all, StandardCharsets.UTF_8) : Leaf.octets(all);
    }
}
