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

import io.jamesext.ximss.xml.XimssWriter;

/**
 * A misspelled word. XIMSS, "Service Operations", spellerReport.
 *
 * @param position how many bytes of the text are before it
 * @param size its bytes
 * @param guesses the likeliest first
 */
public record SpellerReport(long position, int size, List<String> guesses) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("spellerReport").attribute("position", position).attribute("size", size);
        guesses.forEach(guess -> writer.open("guess").text(guess).close());
        writer.close();
    }
}
