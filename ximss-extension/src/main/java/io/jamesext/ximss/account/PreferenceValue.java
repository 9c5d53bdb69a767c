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
package io.jamesext.ximss.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jamesext.ximss.frame.XmlReader;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.Text;
import io.jamesext.ximss.xml.XimssWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A preference's value as it is stored: a text as it is, for who else reads it; elements, which clients keep too ({@code subKey}), as XML
 * behind a mark that no text can begin with, because XML cannot express it.
 */
public final class PreferenceValue {
    private static final char STRUCTURE = '\u0001';
    private static final String ROOT = "value";

    private PreferenceValue() {
    }

    /** What is stored of an element's body; an empty text for nothing. */
    public static String stored(Element preference) {
        if (preference.elements().findAny().isEmpty()) {
            return preference.text().strip();
        }
        ByteBuf out = Unpooled.buffer();
        new XimssWriter(out, Optional.empty()).element(Element.of(ROOT, Map.of(), preference.body()));
        return STRUCTURE + out.toString(StandardCharsets.UTF_8);
    }

    /** Whether what is stored is a text. */
    public static boolean isText(String stored) {
        return stored.isEmpty() || stored.charAt(0) != STRUCTURE;
    }

    /** The body of the element again. */
    public static List<Node> body(String stored) {
        return isText(stored) ? List.of(new Text(stored))
            : XmlReader.read(ByteBuffer.wrap(stored.substring(1).getBytes(StandardCharsets.UTF_8))).body();
    }
}
