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
package io.jamesext.opensearch;

import java.time.Duration;

import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Collects the text that a parser reports, and stops the parser when it is enough, when it took too long or when nobody waits for it. */
final class BoundedText extends DefaultHandler {
    /** Not a failure: the text up to here counts. */
    static final class EnoughException extends SAXException {
        private static final long serialVersionUID = 1L;

        EnoughException() {
            super("Enough text");
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final int maxChars;
    private final long deadline;

    BoundedText(int maxChars, Duration maxTime) {
        this.maxChars = maxChars;
        this.deadline = System.nanoTime() + maxTime.toNanos();
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
        if (Thread.currentThread().isInterrupted() || System.nanoTime() > deadline) {
            throw new EnoughException();
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
