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

import io.jamesext.ximss.cli.Result;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * What a command has to say. XIMSS, "Service Operations", cliResult.
 *
 * @param xml whether values of a list become elements; otherwise the result is text
 */
public record CliResult(Result result, boolean xml) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("cliResult");
        if (xml && result.isList()) {
            result.values().forEach(value -> writer.open("subValue").text(value).close());
        } else {
            writer.text(result.text());
        }
        writer.close();
    }
}
