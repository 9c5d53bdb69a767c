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

import java.time.Instant;
import java.time.ZoneId;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * What is in a file of a skin. XIMSS, "Service Operations", skinFileData.
 *
 * @param zone the one in which the time is told
 * @param content text, or a base64 element
 */
public record SkinFileData(String fileName, Instant modified, ZoneId zone, Node content) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("skinFileData")
            .attribute("fileName", fileName)
            .attribute("timeModified", Times.basic(modified, zone))
            .node(content)
            .close();
    }
}
