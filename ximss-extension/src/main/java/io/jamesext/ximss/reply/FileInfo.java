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
import io.jamesext.ximss.xml.XimssWriter;

/**
 * A file or directory. Beyond the text: fileInfo, with the name below its directory; a directory has no size.
 *
 * @param zone the one in which the time is told
 */
public record FileInfo(FileEntry entry, ZoneId zone) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("fileInfo")
            .attribute("fileName", entry.path().name())
            .attribute("directory", entry.path().parent().asString());
        if (!entry.isDirectory()) {
            writer.attribute("size", entry.size());
        }
        writer.attribute("timeModified", Times.basic(entry.modified(), zone)).close();
    }
}
