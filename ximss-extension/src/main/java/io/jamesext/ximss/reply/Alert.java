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
import java.time.ZoneOffset;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * Something that the user has to know. Asynchronous. XIMSS, "Service Operations", alert.
 *
 * @param posted when it came up
 * @param zone the user's time zone
 * @param text for the user
 */
public record Alert(Instant posted, ZoneId zone, String text) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("alert")
            .attribute("gmtTime", Times.basic(posted, ZoneOffset.UTC))
            .attribute("localTime", Times.basic(posted, zone))
            .text(text)
            .close();
    }
}
