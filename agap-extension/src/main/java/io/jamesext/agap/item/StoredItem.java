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

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteStreams;

import io.jamesext.agap.folder.FolderType;
import io.jamesext.agap.message.Header;
import io.jamesext.agap.message.Leaves;
import io.jamesext.groupware.calendar.CalendarMessage;
import io.jamesext.groupware.vcard.CardReader;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Reads items from messages. The XML that AGAP stored wins over all else in the message, which nobody can change. What another client
 * stored has none: then the XML is made of the calendar, the card, the text or the file that the message holds.
 */
final class StoredItem {
    /** Octets of the XML in a message: what {@link ItemReader} writes is less for any limit that can be configured. */
    private static final long MAX_XML = 80L * 1024 * 1024;
    /** Octets of a card, or of a note that another client stored. */
    private static final int MAX_TEXT = 4 * 1024 * 1024;
    private static final Set<String> CARDS = Set.of("text/x-vcard", "text/directory", "text/vcard", "text/x-vgroup");

    private final Callable<InputStream> source;

    private StoredItem(Callable<InputStream> source) {
        this.source = source;
    }

    /**
     * The item of a message.
     *
     * @param source opens it; called several times
     * @param type that of its folder, not MESG
     * @throws ProtocolException when it holds nothing that would be an item of the folder
     */
    static Item read(Callable<InputStream> source, FolderType type) throws Exception {
        StoredItem stored = new StoredItem(source);
        Optional<XmlElement> exact = stored.first(leaves -> leaves.mimeType().equals(ItemReader.MEDIA_TYPE)
            ? xml(leaves.content()) : Optional.empty());
        if (exact.isPresent() && !exact.get().name().equals(Root.FILE.name())) {
            return new XmlItem(exact.get());
        }
        return exact.or(() -> type == FolderType.FILE ? Optional.of(XmlElement.branch(Root.FILE.name(), List.of())) : Optional.empty())
            .flatMap(stored::file)
            .or(() -> stored.foreign(type).map(XmlItem::new))
            .orElseThrow(() -> new ProtocolException(Failure.NO_SUCH_MESSAGE, "INVALID UID (the message holds no item of this folder)"));
    }

    @FunctionalInterface
    private interface Reading<T> {
        Optional<T> of(Leaves leaves) throws IOException;
    }

    /** What the first of the leaves gives that gives something. */
    private <T> Optional<T> first(Reading<T> reading) throws Exception {
        try (Leaves leaves = new Leaves(source.call())) {
            while (leaves.next()) {
                Optional<T> found = reading.of(leaves);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
    }

    /** Anybody can write such a part: one that is none of ours is nothing. */
    private static Optional<XmlElement> xml(InputStream content) {
        try {
            return Optional.of(XmlReader.read(new InputStreamReader(ByteStreams.limit(content, MAX_XML), StandardCharsets.UTF_8)))
                .filter(element -> Root.of(element).isPresent());
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    /** What another client has stored; what is broken in it, or too big, makes it none. */
    private Optional<XmlElement> foreign(FolderType type) {
        try (InputStream message = source.call()) {
            return switch (type) {
                case CALE, TASK, JRNL -> CalendarMessage.read(message).flatMap(CalendarXml::xml);
                case ADDR -> first(leaves -> CARDS.contains(leaves.mimeType())
                    ? new CardReader().read(new String(leaves.content().readNBytes(MAX_TEXT), StandardCharsets.UTF_8)).stream().findFirst()
                    : Optional.empty()).map(CardXml::xml);
                case NOTE -> note();
                default -> Optional.empty();
            };
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new IllegalStateException("the stored message cannot be read", e);
        }
    }

    private Optional<XmlElement> note() throws Exception {
        Optional<XmlElement> plain = first(leaves -> note(leaves, "text/plain"));
        return plain.isPresent() ? plain
            : first(leaves -> leaves.mimeType().startsWith("text/") ? note(leaves, leaves.mimeType()) : Optional.empty());
    }

    private static Optional<XmlElement> note(Leaves leaves, String wanted) throws IOException {
        if (!leaves.mimeType().equals(wanted)) {
            return Optional.empty();
        }
        return leaves.text(MAX_TEXT).map(text -> XmlElement.branch(Root.NOTE.name(), List.of(
            XmlElement.leaf("SUBJECT", subject(leaves)),
            XmlElement.leaf("CONTENT", ImmutableMap.of("TYPE", wanted, XmlElement.ENCODED, "utf-8"), text.replace("\r\n", "\n")))));
    }

    private static String subject(Leaves leaves) {
        return header("Subject", leaves.messageHeaders())
            .map(value -> DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT)).orElse("");
    }

    private record Content(int index, Optional<String> name, String subject) {
    }

    /** The leaf that is a file by its name, or else the first. */
    private Optional<Item> file(XmlElement xml) {
        try {
            Optional<Content> content = this.<Content>first(leaves -> fileName(leaves.headers())
                    .map(name -> new Content(leaves.index(), Optional.of(name), subject(leaves))));
            if (content.isEmpty()) {
                content = first(leaves -> Optional.of(new Content(leaves.index(), Optional.empty(), subject(leaves))));
            }
            boolean isText = xml.first("CONTENT").filter(ItemSchema::isText).isPresent();
            return content.map(found -> new FileItem(source, found.index,
                xml.first("NAME").orElseGet(() -> XmlElement.leaf("NAME", found.name.orElse(found.subject))), isText));
        } catch (Exception e) {
            throw new IllegalStateException("the stored file cannot be read", e);
        }
    }

    private static Optional<String> fileName(List<Header> headers) {
        try {
            Optional<String> name = header("Content-Disposition", headers)
                .map(value -> new RawField("Content-Disposition", value))
                .map(field -> ContentDispositionFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT))
                .map(ContentDispositionField::getFilename);
            return name.or(() -> header("Content-Type", headers)
                    .map(value -> ContentTypeFieldLenientImpl.PARSER.parse(new RawField("Content-Type", value), DecodeMonitor.SILENT))
                    .map(field -> field.getParameter("name")))
                .filter(text -> !text.isBlank());
        } catch (IllegalArgumentException e) {
            // What the parser breaks down at is no name.
            return Optional.empty();
        }
    }

    private static Optional<String> header(String name, List<Header> headers) {
        return headers.stream().filter(header -> header.name().equalsIgnoreCase(name)).findFirst().map(Header::value);
    }
}
