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
package io.jamesext.ximss.folder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mime4j.stream.Field;

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.folder.FolderView.Item;
import io.jamesext.ximss.folder.ViewerField.Cost;
import io.jamesext.ximss.folder.ViewerField.Details;
import io.jamesext.ximss.mail.FieldText;
import io.jamesext.ximss.mail.MailHeader;
import io.jamesext.ximss.mail.MessageFlags;
import io.jamesext.ximss.mail.MessageText;
import io.jamesext.ximss.xml.Element;

/** Which messages a folder shows: the attributes filter and filterField. XIMSS, "Mailbox Operations", folderOpen. */
public sealed interface MessageFilter {
    /** In characters. To look for a text takes as long as that is long, times the length of a message. */
    int MAX_TEXT = 255;

    /**
     * Reads the attributes; empty when all messages are shown.
     *
     * @throws ProtocolException for what is not possible
     */
    static Optional<MessageFilter> parse(Element element) {
        Optional<String> filter = element.attribute("filter");
        if (filter.filter(text -> text.length() > MAX_TEXT).isPresent()) {
            throw new ProtocolException(Failure.SYNTAX, "a filter has at most " + MAX_TEXT + " characters");
        }
        return filter.flatMap(text -> switch (element.attribute("filterField").orElse("")) {
            case "FLAGS" -> Optional.of(new ByFlags(MessageFlags.Update.parse(text)));
            case "body" -> byText(text, false);
            case "" -> byText(text, true);
            default -> Optional.of(new ByField(new ViewerField(element.required("filterField")), MessageText.fold(text)));
        });
    }

    /** Every message contains an empty text. */
    private static Optional<MessageFilter> byText(String text, boolean inHeader) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new ByText(text, MessageText.fold(text), inHeader));
    }

    /** How much of a message has to be read to decide. */
    Cost cost();

    /** True when the message is shown. */
    boolean includes(Item item, Details details);

    /** What an index of words finds at least all of these messages by, as far as words go. */
    default Optional<Criterion> narrowing() {
        return Optional.empty();
    }

    /** The messages with these flags and without those. */
    record ByFlags(MessageFlags.Update wanted) implements MessageFilter {
        @Override
        public Cost cost() {
            return Cost.VIEW;
        }

        @Override
        public boolean includes(Item item, Details details) {
            return wanted.matches(item.flags());
        }
    }

    /** "Only the messages containing the specified field and with the field value matching": as it is shown, or as it stands there. */
    record ByField(ViewerField field, String folded) implements MessageFilter {
        @Override
        public Cost cost() {
            return Cost.HEADER;
        }

        @Override
        public boolean includes(Item item, Details details) {
            Stream<Field> fields = details.header().map(MailHeader::fields).stream().flatMap(found -> found.stream())
                .filter(found -> found.getName().equalsIgnoreCase(field.headerName()));
            boolean asItStands = field.headerName().equals(field.name());
            return fields.anyMatch(found -> has(field.text(found)) || asItStands && has(FieldText.text(found)));
        }

        private boolean has(String text) {
            return MessageText.fold(text).contains(folded);
        }
    }

    /**
     * "Messages containing the filter attribute value in any message body part", perhaps also in any header field.
     *
     * @param text as the client gives it
     * @param folded what is looked for
     * @param inHeader whether header fields count
     */
    record ByText(String text, String folded, boolean inHeader) implements MessageFilter {
        @Override
        public Cost cost() {
            return Cost.CONTENT;
        }

        @Override
        public boolean includes(Item item, Details details) {
            ByteSource content = details.content().orElseThrow();
            try (InputStream octets = content.openStream()) {
                return MessageText.contains(octets, folded, inHeader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Signs alone are no words. */
        @Override
        public Optional<Criterion> narrowing() {
            return text.codePoints().noneMatch(Character::isLetterOrDigit) ? Optional.empty()
                : Optional.of(inHeader ? SearchQuery.mailContains(text) : SearchQuery.bodyContains(text));
        }
    }
}
