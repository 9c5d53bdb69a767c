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
package io.jamesext.ximss.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.jamesext.ximss.frame.NulFrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

class XimssWriterTest {
    private final ByteBuf out = Unpooled.buffer();

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void idShouldBeTheFirstAttributeOfTheFirstElementOnly() {
        new XimssWriter(out, Optional.of("A")).open("x").attribute("n", 1).open("y").close().close();
        assertThat(written()).isEqualTo("<x id=\"A\" n=\"1\"><y/></x>");
    }

    @Test
    void whatXmlNeedsEscapedShouldBe() {
        new XimssWriter(out, Optional.empty()).open("x").attribute("a", "<>&\"'\r\n\t").text("<>&\"'\r\n\t]]>").close();
        assertThat(written()).isEqualTo("<x a=\"&lt;&gt;&amp;&#34;'&#13;&#10;&#9;\">&lt;&gt;&amp;\"'&#13;\n\t]]&gt;</x>");
    }

    @Test
    void whatXmlCannotExpressShouldBeReplaced() {
        new XimssWriter(out, Optional.empty()).open("x").text("a\0b\u001fc\ud800d\udc00e\ufffff\ud83d\ude00").close();
        assertThat(written()).isEqualTo("<x>a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ud83d\ude00</x>");
    }

    @Test
    void whatIsWrittenShouldBeReadTheSame() {
        long seed = 42;
        Random random = new Random(seed);
        EmbeddedChannel reader = new EmbeddedChannel(new NulFrameDecoder(1_000_000));
        for (int i = 0; i < 300; i++) {
            Element element = random(random, 3);
            ByteBuf buffer = Unpooled.buffer();
            new XimssWriter(buffer, Optional.empty()).element(element);
            reader.writeInbound(buffer.writeByte(0));
            assertThat((Object) reader.readInbound()).as("seed %d", seed).isEqualTo(element);
        }
    }

    private static Element random(Random random, int depth) {
        Element child = depth == 0 ? Element.text("leaf", text(random)) : random(random, depth - 1);
        return Element.of("e", Map.of("a", text(random), "b", text(random)), List.of(new Text(text(random) + "."), child));
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(8), 1, 0x3000).map(c -> c < 32 && c != 9 && c != 10 && c != 13 ? 32 : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
