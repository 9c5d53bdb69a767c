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
package io.jamesext.converter;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.sax.BodyContentHandler;
import org.xml.sax.SAXException;

/** Documents as plain text, by Tika. */
final class Documents {
    private Documents() {
    }

    /** Converts a document; lines end with CRLF. */
    static void convert(Task task, BoundedOutput to) throws IOException, TikaException, SAXException {
        Metadata metadata = new Metadata();
        metadata.set(Metadata.CONTENT_TYPE, task.from());
        BodyContentHandler text = new BodyContentHandler(new BoundedWriter(to));
        try {
            new TextParsers().parse(new ByteArrayInputStream(task.content()), text, metadata);
        } catch (SAXException | TikaException e) {
            // Tika hides what its output had to say.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BoundedOutput.TooLargeException tooLarge) {
                    throw tooLarge;
                }
            }
            throw e;
        }
    }
}
