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

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.apache.james.core.Username;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteSource;

import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.message.MailWriter;
import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.groupware.calendar.CalendarWriter;
import io.jamesext.groupware.item.ItemEnvelope;
import io.jamesext.groupware.item.ItemForm;
import io.jamesext.groupware.item.ItemForms;
import io.jamesext.groupware.item.ItemMessage;
import io.jamesext.groupware.vcard.ContactItem;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Makes the message of an item that a client sends. Its first part is what other clients use, and its last one the XML itself, so that
 * nothing of it is lost: {@code multipart/alternative} with a calendar, a card or a text; for a file {@code multipart/mixed} with the
 * file. A MESSAGE becomes the mail that it describes.
 */
public final class ItemReader {
    /** The media type of the part that holds the XML; its parameter {@code root} is the name of the root. */
    static final String MEDIA_TYPE = "application/vnd.agap+xml";
    /** In characters. What a client sends is limited where it is received; to be stored it may grow, by references, so much. */
    private static final int GROWTH = 2;
    private static final int SMALL = 64 * 1024;
    private static final String SUBJECT = "SUBJECT";
    private static final String SUMMARY = "SUMMARY";
    private static final String CONTENT = "CONTENT";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private static final ItemMessage.To NOBODY = ItemMessage.To.addresses(List.of());

    private final XmlElement item;
    private final String owner;
    private final int limit;

    private ItemReader(XmlElement item, Username owner, int limit) {
        this.item = item;
        this.owner = address(owner);
        this.limit = limit;
    }

    /**
     * The message of an item.
     *
     * @param xml as it was received
     * @param type that of the folder where it goes
     * @param owner whose folder it is
     * @param now the message's Date; a MESSAGE has its own, or none
     * @return its octets, as RFC 5322 has them
     * @throws ProtocolException when it is no valid XML, or no item of such a folder: section 4.39, 511
     */
    public static byte[] message(String xml, FolderType type, Username owner, Instant now) {
        XmlElement item = XmlReader.read(new StringReader(xml));
        Root root = Root.check(item, type);
        return new ItemReader(item, owner, GROWTH * xml.length() + SMALL).octets(root, now);
    }

    private byte[] octets(Root root, Instant now) {
        return switch (root) {
            case VEVENT, VJOURNAL, VTODO -> alternatives(text("UID"), text(SUMMARY), "text/calendar; charset=utf-8; component=" + root,
                CalendarWriter.write(CalendarXml.calendar(item, now))).octets(now);
            case VALARM -> alternatives(text("UID"), alarm(), PLAIN, lines(alarm())).octets(now);
            case VCARD -> ItemForms.alternatives(ContactItem.of(CardXml.card(item), owner), exact(item)).octets(now);
            case NOTE -> note().octets(now);
            case FILE -> file().octets(now);
            case CONFIGURATION -> alternatives(unique(), "Configuration", PLAIN, lines("A configuration that AGAP clients keep here."))
                .octets(now);
            case FILTER -> alternatives(unique(), text("ABOUT").isEmpty() ? "Filter" : text("ABOUT"), PLAIN,
                lines("A filter of AGAP.\n" + text("ABOUT"))).octets(now);
            case MESSAGE -> MailWriter.write(item);
        };
    }

    private ItemForms alternatives(String uid, String subject, String contentType, String body) {
        return ItemForms.alternatives(new ItemMessage(uid, owner, subject, NOBODY, contentType, body), exact(item));
    }

    private ItemForms note() {
        XmlElement content = item.first(CONTENT).orElseThrow();
        String type = content.attribute("TYPE").orElse("text/plain").toLowerCase(Locale.ROOT);
        return alternatives(unique(), text(SUBJECT), type + "; charset=utf-8", lines(content.decoded().orElseThrow()));
    }

    /** The content is not in the XML too, where it would take its place twice. */
    private ItemForms file() {
        XmlElement content = item.first(CONTENT).orElseThrow();
        String name = text("NAME");
        XmlElement without = XmlElement.branch(item.name(), List.of(item.first("NAME").orElseThrow(),
            XmlElement.leaf(CONTENT, content.attributes(), "")));
        return ItemForms.mixed(new ItemEnvelope(unique(), owner, name, NOBODY),
            ImmutableList.of(ItemForm.file(name, content(content)), exact(without)));
    }

    private static ByteSource content(XmlElement content) {
        return ItemSchema.isText(content) ? ByteSource.wrap(content.octets()) : Base64Text.source(content.text());
    }

    private ItemForm exact(XmlElement element) {
        StringBuilder xml = new StringBuilder();
        XmlLines.of(element).forEach(line -> {
            if (xml.length() + line.length() > limit) {
                throw new ProtocolException(Failure.OVER_QUOTA, "Cannot store it, it is too large");
            }
            xml.append(line).append("\r\n");
        });
        return ItemForm.text(MEDIA_TYPE + "; root=" + element.name() + "; charset=utf-8", xml.toString());
    }

    private String alarm() {
        return "Alarm " + text("TRIGGER") + " of " + text("RELATED-TO");
    }

    private String text(String leaf) {
        return item.first(leaf).map(XmlElement::stripped).orElse("");
    }

    /** RFC 5322 section 2.3: no CR or LF but together; a line at the end. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n") + "\r\n";
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    /** What stands in From: the name of a user need not be an address. */
    private static String address(Username user) {
        return CalendarMessage.isAddress(user.asString()) ? user.asString() : "item@localhost";
    }
}
