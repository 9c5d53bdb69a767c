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

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.common.collect.Sets;

/** What must be, and what can be, in the items that are not made of properties. AGAP sections 2.8 and 2.11. */
final class ItemSchema {
    private static final String HEADER = "HEADER";
    private static final String CONTENT = "CONTENT";
    private static final String TYPE = "TYPE";
    private static final Pattern TEXT_TYPE = Pattern.compile("text/[A-Za-z0-9!#$&^_.+-]{1,60}");

    private ItemSchema() {
    }

    /** Section 2.8: ENCODED is on leaves only, is utf-8 or base64, and base64 is base64. */
    static void texts(XmlElement element) {
        element.attribute(XmlElement.ENCODED).ifPresent(encoded -> {
            if (!element.isLeaf() || !Set.of("utf-8", XmlElement.BASE64).contains(encoded)) {
                throw Root.refused("the attribute ENCODED is utf-8 or base64 and belongs to a text");
            }
        });
        if (element.isBase64() && !Base64Text.isBase64(element.text())) {
            throw Root.refused("<" + shown(element) + "> is not base64");
        }
        element.children().forEach(ItemSchema::texts);
    }

    /** For the answer, where no name is longer than this. */
    private static String shown(XmlElement element) {
        return element.name().substring(0, Math.min(element.name().length(), 60));
    }

    /** Section 2.11.3: any names and values, which are the client's own affair. */
    static void configuration(XmlElement configuration) {
        require(configuration.attributes().isEmpty(), "CONFIGURATION has no attributes");
    }

    /** Section 2.11.5. */
    static void file(XmlElement file) {
        only(file, Set.of(), "NAME", CONTENT);
        XmlElement name = one(file, "NAME", Set.of(XmlElement.ENCODED));
        require(!name.stripped().isEmpty(), "the NAME of the file is missing");
        XmlElement content = one(file, CONTENT, Set.of(XmlElement.ENCODED));
        require(isText(content) || Base64Text.isBase64(content.text()), "the CONTENT is not base64, which it is by default");
    }

    /** Section 2.11.5: of this one leaf, base64 is the default. */
    static boolean isText(XmlElement content) {
        return content.attribute(XmlElement.ENCODED).filter("utf-8"::equals).isPresent();
    }

    /** Section 2.11.9. */
    static void note(XmlElement note) {
        only(note, Set.of(), "SUBJECT", CONTENT);
        one(note, "SUBJECT", Set.of(XmlElement.ENCODED));
        XmlElement content = one(note, CONTENT, Set.of(XmlElement.ENCODED, TYPE));
        require(TEXT_TYPE.matcher(content.attribute(TYPE).orElse("text/plain").toLowerCase(Locale.ROOT)).matches(),
            "the TYPE of a note is text/...");
        require(content.decoded().isPresent(), "the CONTENT is not UTF-8");
    }

    /** Section 2.11.6. */
    static void filter(XmlElement filter) {
        only(filter, Set.of(), "ABOUT", "FOLDERS", "RULES");
        require(filter.all("ABOUT").count() <= 1, "a filter has one ABOUT at most");
        filter.all("ABOUT").forEach(about -> require(about.isLeaf(), "ABOUT is a text"));
        List<XmlElement> folders = filter.all("FOLDERS").toList();
        require(folders.size() == 1 && !folders.get(0).isLeaf(), "a filter has one FOLDERS, with one FOLDER at least");
        only(folders.get(0), Set.of(), "FOLDER");
        folders.get(0).children().forEach(folder -> require(folder.isLeaf() && !folder.stripped().isEmpty(), "a FOLDER is a path"));
        require(filter.all("RULES").count() == 1, "a filter has one RULES");
        // What is in RULES is read by what runs the filter: StoredFilter.
    }

    /** Section 2.11.8. */
    static void message(XmlElement message) {
        int attachments = 0;
        for (XmlElement child : message.children()) {
            switch (child.name()) {
                case HEADER -> header(child);
                case "TEXT", "HTML" -> {
                    one(message, child.name(), Set.of(XmlElement.ENCODED));
                    require(child.decoded().isPresent(), "TEXT and HTML are in UTF-8");
                }
                default -> {
                    attachments++;
                    require(child.name().equals("ATTACHMENT-" + attachments), "the parts of a message are HEADER, TEXT, HTML, "
                        + "ATTACHMENT-1, and further attachments with the next numbers");
                    only(child, Set.of(), HEADER, "BODY");
                    require(child.all(HEADER).count() <= 1, "an attachment has one HEADER at most");
                    child.all(HEADER).forEach(ItemSchema::header);
                    one(child, "BODY", Set.of(XmlElement.ENCODED));
                }
            }
        }
        require(message.attributes().isEmpty() && message.all(HEADER).count() == 1, "a MESSAGE has one HEADER");
    }

    private static void header(XmlElement header) {
        require(header.attributes().isEmpty() && header.text().isBlank(), "a HEADER is made of elements");
        header.children().forEach(field -> {
            if (!field.isLeaf()) {
                only(field, Set.of(), "item");
            }
            (field.isLeaf() ? List.of(field) : field.children()).forEach(value ->
                require(value.isLeaf() && isOnlyText(value), "a header is a text, or has an item for each"));
        });
    }

    private static boolean isOnlyText(XmlElement leaf) {
        return Sets.difference(leaf.attributes().keySet(), Set.of(XmlElement.ENCODED)).isEmpty() && leaf.decoded().isPresent();
    }

    /** The one leaf of a name, with no attributes but these. */
    private static XmlElement one(XmlElement item, String name, Set<String> attributes) {
        List<XmlElement> found = item.all(name).toList();
        require(found.size() == 1 && found.get(0).isLeaf() && attributes.containsAll(found.get(0).attributes().keySet()),
            "there must be one " + name + ", which is a text");
        return found.get(0);
    }

    private static void only(XmlElement branch, Set<String> attributes, String... children) {
        require(attributes.containsAll(branch.attributes().keySet())
            && Set.of(children).containsAll(branch.children().stream().map(XmlElement::name).toList())
            && (!branch.isLeaf() || branch.text().isBlank()),
            shown(branch) + " has the elements " + String.join(", ", children) + " and no others");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Root.refused(otherwise);
        }
    }
}
