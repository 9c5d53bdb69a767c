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
package io.jamesext.ximss.frame;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;

import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.xml.HostileXml;
import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.Node;
import io.jamesext.ximss.xml.Text;

/**
 * Reads one complete frame, or another document, as XML. There are no document types, no entities but the five of XML itself, no
 * name spaces, and limits on depth and attributes, so that a document costs no more than its own size.
 */
public final class XmlReader {
    /** Protects the stack of whoever walks the tree: no request of the specification nests half as deep. */
    static final int MAX_DEPTH = 64;
    /** Protects against elements whose attributes are compared pair by pair. */
    static final int MAX_ATTRIBUTES = 64;

    /** Protects the heap: an element of four bytes becomes an object of a hundred. The longest message set has half as many. */
    static final int MAX_ELEMENTS = 20_000;

    private static final XMLInputFactory PARSERS = HostileXml.parsers();

    private final XMLStreamReader xml;
    private final String what;
    private int elements;

    private XmlReader(XMLStreamReader xml, String what) {
        this.xml = xml;
        this.what = what;
    }

    /**
     * Reads the frame, which is in UTF-8.
     *
     * @throws ProtocolException when it is not UTF-8, not well-formed, or over a limit
     */
    public static Element read(ByteBuffer frame) {
        try {
            // The text says UTF-8 for all messages; a declaration of another encoding is not looked at.
            String text = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(frame).toString();
            return read(PARSERS.createXMLStreamReader(new StringReader(text)), "the request");
        } catch (CharacterCodingException e) {
            throw refused("the request is not UTF-8");
        } catch (XMLStreamException | MissingResourceException e) {
            throw refused("the request is not well-formed XML");
        }
    }

    /**
     * Reads a document that is no frame.
     *
     * @param charset as whoever sent it says; otherwise the document itself says it (XML 1.0 section 4.3.3)
     * @throws ProtocolException when it is not well-formed, or over a limit
     */
    public static Element document(byte[] document, Optional<String> charset) {
        InputStream in = new ByteArrayInputStream(document);
        try {
            return read(charset.isPresent() ? PARSERS.createXMLStreamReader(in, charset.get()) : PARSERS.createXMLStreamReader(in),
                "the document");
        } catch (XMLStreamException | MissingResourceException e) {
            throw refused("the document is not well-formed XML");
        }
    }

    /** The JDK's parser has no words for a document type that breaks off, and fails with MissingResourceException then. */
    private static Element read(XMLStreamReader xml, String what) throws XMLStreamException {
        try {
            return new XmlReader(xml, what).document();
        } finally {
            xml.close();
        }
    }

    private Element document() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.DTD) {
                throw refused("document types are not allowed");
            }
        }
        Element root = element(1);
        while (xml.hasNext()) {
            // Reads on to the end, so that a second root or text behind the first is refused.
            xml.next();
        }
        return root;
    }

    private Element element(int depth) throws XMLStreamException {
        elements++;
        if (depth > MAX_DEPTH || elements > MAX_ELEMENTS || xml.getAttributeCount() > MAX_ATTRIBUTES) {
            throw new ProtocolException(Failure.TOO_BIG, what + " nests too deep or has too many elements or attributes");
        }
        String name = xml.getLocalName();
        ImmutableMap<String, String> attributes = attributes();
        List<Node> body = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            switch (xml.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    addText(text, body);
                    body.add(element(depth + 1));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text.append(xml.getText());
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> { }
                default -> throw refused("entities are not allowed");
            }
        }
        addText(text, body);
        return Element.of(name, attributes, body);
    }

    private ImmutableMap<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            QName name = xml.getAttributeName(i);
            // As an element's name, which has its prefix too: a retrieved document needs them.
            attributes.put(name.getPrefix().isEmpty() ? name.getLocalPart() : name.getPrefix() + ":" + name.getLocalPart(),
                xml.getAttributeValue(i));
        }
        return ImmutableMap.copyOf(attributes);
    }

    private static void addText(StringBuilder text, List<Node> body) {
        if (!text.isEmpty()) {
            body.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    private static ProtocolException refused(String why) {
        return new ProtocolException(Failure.SYNTAX, why);
    }
}
