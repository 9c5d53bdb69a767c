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
package io.jamesext.agap.item;

import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.MissingResourceException;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.xml.HostileXml;

/**
 * Reads the XML of an item. There are no document types, no entities but the five of XML itself, no name spaces, and no text between
 * elements but white space, which is dropped. CDATA is text like any other. What it costs grows only with the length of what is read,
 * which is limited before.
 */
public final class XmlReader {
    /** Protects whoever walks the tree; rules of filters nest, nothing else does. */
    static final int MAX_DEPTH = 32;
    /** Protects the heap: an element of four characters becomes an object of a hundred octets. */
    static final int MAX_ELEMENTS = 20_000;
    /** No element of the draft has more than two. */
    static final int MAX_ATTRIBUTES = 16;

    private static final XMLInputFactory PARSERS = HostileXml.parsers();
    private static final CharMatcher SPACE = CharMatcher.anyOf(" \t\r\n");

    private final XMLStreamReader xml;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;

    private record Open(String name, ImmutableMap<String, String> attributes, List<XmlElement> children, StringBuilder text) {
        XmlElement element() {
            if (children.isEmpty()) {
                return XmlElement.leaf(name, attributes, text.toString());
            }
            if (!SPACE.matchesAllOf(text)) {
                throw refused("text stands between elements");
            }
            return new XmlElement(name, attributes, ImmutableList.copyOf(children), "");
        }
    }

    private XmlReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /**
     * Reads the root of a document.
     *
     * @throws ProtocolException when it is not well-formed, or over a limit
     */
    public static XmlElement read(Reader document) {
        try {
            XMLStreamReader xml = PARSERS.createXMLStreamReader(document);
            try {
                return new XmlReader(xml).root();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | MissingResourceException e) {
            // The JDK's parser has no words for a document type that breaks off, and fails with MissingResourceException then.
            throw refused("it is not well-formed XML");
        }
    }

    private XmlElement root() throws XMLStreamException {
        XmlElement root = null;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin();
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement ended = open.pop().element();
                    if (open.isEmpty()) {
                        root = ended;
                    } else {
                        open.element().children.add(ended);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                }
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION, XMLStreamConstants.END_DOCUMENT -> { }
                case XMLStreamConstants.DTD -> throw refused("document types are not allowed");
                default -> throw refused("entities are not allowed");
            }
        }
        if (root == null) {
            throw refused("it is not well-formed XML");
        }
        return root;
    }

    private void begin() {
        elements++;
        if (open.size() >= MAX_DEPTH || elements > MAX_ELEMENTS || xml.getAttributeCount() > MAX_ATTRIBUTES) {
            throw refused("it nests too deep or has too many elements or attributes");
        }
        ImmutableMap.Builder<String, String> attributes = ImmutableMap.builder();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String prefix = xml.getAttributePrefix(i);
            String name = xml.getAttributeLocalName(i);
            attributes.put(prefix == null || prefix.isEmpty() ? name : prefix + ":" + name, xml.getAttributeValue(i));
        }
        open.push(new Open(xml.getLocalName(), attributes.buildOrThrow(), new ArrayList<>(), new StringBuilder()));
    }

    private static ProtocolException refused(String why) {
        return new ProtocolException(Failure.SYNTAX, "Cannot store it, " + why);
    }
}
