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

import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * A rule, on ruleList and ruleRead. It is behind the text's end, and is what clients of CommuniGate read.
 *
 * @param priority Inactive for one that is not applied
 * @param body conditions, actions and comment; none in a list
 */
public record MailRule(String type, String name, String priority, List<Element> body) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("rule").attribute("type", type).attribute("name", name).attribute("priority", priority);
        body.forEach(writer::element);
        writer.close();
    }
}
