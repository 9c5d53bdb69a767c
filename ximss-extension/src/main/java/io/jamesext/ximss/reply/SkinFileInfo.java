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
import io.jamesext.ximss.xml.XimssWriter;

/**
 * A file of a skin. XIMSS, "Service Operations", skinFileInfo.
 *
 * @param skinName empty for the unnamed one
 * @param size in bytes
 * @param zone the one in which the time is told
 */
public record SkinFileInfo(String skinName, String fileName, long size, Instant modified, ZoneId zone) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("skinFileInfo")
            .attribute("skinName", skinName)
            .attribute("fileName", fileName)
            .attribute("size", size)
            .attribute("timeModified", Times.basic(modified, zone))
            .close();
    }
}
