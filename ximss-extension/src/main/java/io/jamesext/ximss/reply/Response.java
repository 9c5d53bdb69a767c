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

import java.util.Optional;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.error.XimssErrors;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * Ends a request. XIMSS, "Protocol and Message Syntax", response. The example with {@code errorCode} under "Login Operations" is a
 * slip of the document: its prose says errorText.
 *
 * @param error why it failed; empty when it did not
 */
public record Response(Optional<ProtocolException> error) implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("response");
        error.ifPresent(failure -> writer
            .attribute("errorText", failure.text())
            .attribute("errorNum", XimssErrors.number(failure.failure())));
        writer.close();
    }
}
