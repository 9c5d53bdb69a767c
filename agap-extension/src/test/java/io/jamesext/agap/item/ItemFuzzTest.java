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
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.apache.james.core.Username;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.jamesext.agap.message.Message;
import io.jamesext.kernel.failure.ProtocolException;

/** Whatever a client sends is refused, or comes back as it was. */
class ItemFuzzTest {
    @FuzzTest
    void anyItemShouldBeRefusedOrComeBack(byte[] input) throws Exception {
        String xml = new String(input, StandardCharsets.UTF_8);
        XmlElement item;
        byte[] message;
        Optional<Root> root;
        try {
            item = XmlReader.read(new StringReader(xml));
            root = Root.of(item);
            if (root.isEmpty()) {
                return;
            }
            message = ItemReader.message(xml, ItemLawTest.folder(root.get()), Username.of("alice@example.org"), Instant.EPOCH);
        } catch (ProtocolException e) {
            return;
        }
        Callable<InputStream> source = () -> new ByteArrayInputStream(message);
        boolean isMessage = root.get() == Root.MESSAGE;
        Item stored = isMessage ? Message.read(source) : StoredItem.read(source, ItemLawTest.folder(root.get()));
        List<String> lines = stored.xml().collectList().block();
        XmlElement back = XmlReader.read(new StringReader(String.join("\n", lines)));
        if (!isMessage) {
            ItemLawTest.shouldBeTheSame("fuzz", item, back);
        }
    }

    /** What another client stores is shown as XML, or not at all. */
    @FuzzTest
    void anyMessageShouldBeAnItemOrNone(byte[] input) throws Exception {
        for (Root root : Root.values()) {
            try {
                Item item = StoredItem.read(() -> new ByteArrayInputStream(input), ItemLawTest.folder(root));
                XmlReader.read(new StringReader(String.join("\n", item.xml().collectList().block())));
            } catch (ProtocolException e) {
                continue;
            }
        }
    }
}
