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

import java.time.ZoneId;

import io.jamesext.groupware.file.FileEntry;
import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * A file or a slice of it. Beyond the text: fileData.
 *
 * @param type how the content holds it: the attribute, empty for text without one
 * @param position where the slice begins, in octets
 * @param slice its octets
 * @param zone the one in which the time is told
 * @param content text, a base64 element, or a document's element
 */
public record FileData(FileEntry file, String type, long position, long slice, ZoneId zone, Node content) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("fileData").attribute("fileName", file.path().asString());
        if (!type.isEmpty()) {
            writer.attribute("type", type);
        }
        writer.attribute("position", position)
            .attribute("slice", slice)
            .attribute("size", file.size())
            .attribute("timeModified", Times.basic(file.modified(), zone))
            .node(content)
            .close();
    }
}
