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
package io.jamesext.agap.filter;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.MissingResourceException;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * An element of a stored filter.
 *
 * @param text in it, without that of its elements
 */
record FilterElement(String name, ImmutableMap<String, String> attributes, ImmutableList<FilterElement> children, String text) {
    /** FILTER and RULES around the groups. */
    private static final int MAX_DEPTH = Rules.MAX_DEPTH + 3;
    /** Rules, folders, and groups with one rule each. */
    private static final int MAX_ELEMENTS = 5_000;
    private static final XMLInputFactory FACTORY = factory();

    /** While it is read. */
    private record Open(String name, ImmutableMap<String, String> attributes, List<FilterElement> children, StringBuilder text) {
        FilterElement closed() {
            return new FilterElement(name, attributes, ImmutableList.copyOf(children), text.toString());
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    /** Reads the root of a document; there are no document types and no entities but XML's own. */
    static FilterElement read(String document) {
        if (document.length() > FilterBody.MAX_CHARACTERS) {
            throw Rules.invalid("too long");
        }
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(new StringReader(document));
            try {
                return root(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | MissingResourceException e) {
            // The JDK's parser has no words for a document type that breaks off, and fails with MissingResourceException then.
            throw Rules.invalid("not well-formed XML");
        }
    }

    private static FilterElement root(XMLStreamReader xml) throws XMLStreamException {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", ImmutableMap.of(), new ArrayList<>(), new StringBuilder()));
        int elements = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    elements++;
                    open.push(new Open(xml.getLocalName(), attributes(xml), new ArrayList<>(), new StringBuilder()));
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    FilterElement closed = open.pop().closed();
                    open.element().children.add(closed);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> open.element().text.append(xml.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw Rules.invalid("document types and entities are not allowed");
                default -> { }
            }
            if (elements > MAX_ELEMENTS || open.size() > MAX_DEPTH) {
                throw Rules.invalid("too many or too deep elements");
            }
        }
        return open.element().children.get(0);
    }

    private static ImmutableMap<String, String> attributes(XMLStreamReader xml) {
        ImmutableMap.Builder<String, String> attributes = ImmutableMap.builder();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return attributes.buildKeepingLast();
    }
}
