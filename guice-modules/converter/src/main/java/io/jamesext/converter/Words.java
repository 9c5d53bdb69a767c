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
import java.time.Duration;

import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The words of a document or of HTML, for an index, by Tika. They end where they are enough, where reading takes too long and where the
 * document is broken: what was read up to there counts.
 */
final class Words extends DefaultHandler {
    /** Less than those wait who kill the process, so that a large document has the words of its beginning. */
    private static final Duration MAX_TIME = Duration.ofSeconds(8);
    /** Of one {@code char} in UTF-8. */
    private static final int MAX_OCTETS = 3;

    /** No failure. */
    private static final class EnoughException extends SAXException {
        private static final long serialVersionUID = 1L;

        EnoughException() {
            super("Enough text");
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final int maxChars;
    private final long deadline = System.nanoTime() + MAX_TIME.toNanos();

    private Words(int maxChars) {
        this.maxChars = maxChars;
    }

    /** Writes as many words as are sure to fit. */
    static void convert(Task task, int maxBytes, BoundedOutput to) throws IOException {
        Metadata metadata = new Metadata();
        metadata.set(Metadata.CONTENT_TYPE, task.from() + (task.charset().isEmpty() ? "" : "; charset=" + task.charset()));
        Words words = new Words(maxBytes / MAX_OCTETS);
        try {
            new TextParsers().parse(new ByteArrayInputStream(task.content()), words, metadata);
        } catch (IOException | TikaException | SAXException | RuntimeException | StackOverflowError e) {
            // It is broken, or it was enough.
        }
        to.text(words.text);
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
        check();
    }

    /** Words of different paragraphs, cells and lines are different words. */
    @Override
    public void endElement(String uri, String localName, String name) throws SAXException {
        append(new char[] {' '}, 0, 1);
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        append(characters, start, length);
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) throws SAXException {
        append(new char[] {' '}, 0, 1);
    }

    private void append(char[] characters, int start, int length) throws SAXException {
        check();
        text.append(characters, start, Math.min(length, maxChars - text.length()));
        if (text.length() >= maxChars) {
            throw new EnoughException();
        }
    }

    private void check() throws SAXException {
        if (System.nanoTime() - deadline > 0) {
            throw new EnoughException();
        }
    }
}
