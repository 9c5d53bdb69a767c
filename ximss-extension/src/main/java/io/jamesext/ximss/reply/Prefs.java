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
package io.jamesext.ximss.reply;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * Preferences: an element for each, of its name. It is behind the text's end; clients of CommuniGate read it so.
 *
 * @param type the request's
 * @param values the bodies of the elements, by their names
 */
public record Prefs(Optional<String> type, Map<String, List<Node>> values) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("prefs").attribute("type", type);
        values.forEach((name, body) -> writer.element(Element.of(name, Map.of(), body)));
        writer.close();
    }
}
