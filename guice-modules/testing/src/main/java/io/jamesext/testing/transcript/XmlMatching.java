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
package io.jamesext.testing.transcript;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Compares XML messages as XML: names exactly, attributes and texts as patterns, white space folded. */
final class XmlMatching {
    private static final String ANY_CONTENT = "...";
    private static final String ANY_ATTRIBUTES = "any";

    private XmlMatching() {
    }

    static boolean matches(String pattern, String message, Matching matching) {
        Map<String, String> before = matching.snapshot();
        boolean matched = matches(parse(pattern), parse(message), matching);
        if (!matched) {
            matching.restore(before);
        }
        return matched;
    }

    private static Element parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("not well-formed: " + xml, e);
        }
    }

    private static boolean matches(Element pattern, Element message, Matching matching) {
        return pattern.getTagName().equals(message.getTagName())
            && attributesMatch(pattern, message, matching)
            && contentMatches(pattern, message, matching);
    }

    private static boolean attributesMatch(Element pattern, Element message, Matching matching) {
        NamedNodeMap expected = pattern.getAttributes();
        boolean more = pattern.hasAttribute(ANY_ATTRIBUTES);
        for (int i = 0; i < expected.getLength(); i++) {
            String name = expected.item(i).getNodeName();
            if (!name.equals(ANY_ATTRIBUTES)
                    && !(message.hasAttribute(name) && matching.matches(expected.item(i).getNodeValue(), message.getAttribute(name)))) {
                return false;
            }
        }
        return more || expected.getLength() == message.getAttributes().getLength();
    }

    private static boolean contentMatches(Element pattern, Element message, Matching matching) {
        String text = text(pattern);
        if (text.equals(ANY_CONTENT)) {
            return true;
        }
        List<Element> expected = children(pattern);
        List<Element> actual = children(message);
        if (expected.size() != actual.size() || !matching.matches(text, text(message))) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!matches(expected.get(i), actual.get(i), matching)) {
                return false;
            }
        }
        return true;
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static String text(Element element) {
        StringBuilder text = new StringBuilder();
        NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            short type = nodes.item(i).getNodeType();
            if (type == Node.TEXT_NODE || type == Node.CDATA_SECTION_NODE) {
                text.append(nodes.item(i).getNodeValue());
            }
        }
        return text.toString().strip().replaceAll("\\s+", " ");
    }
}
