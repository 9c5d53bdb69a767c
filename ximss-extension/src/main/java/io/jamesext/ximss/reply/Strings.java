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
import java.time.ZoneOffset;
import java.util.List;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * A vocabulary. XIMSS, "Service Operations", strings.
 *
 * @param language as it was asked for; empty for English
 * @param modified when it was last changed
 * @param entries string and strings elements; none when the client has them already
 */
public record Strings(String language, Instant modified, List<Element> entries) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("strings")
            .attribute("language", language)
            .attribute("timeModified", Times.basic(modified, ZoneOffset.UTC));
        entries.forEach(writer::element);
        writer.close();
    }
}
