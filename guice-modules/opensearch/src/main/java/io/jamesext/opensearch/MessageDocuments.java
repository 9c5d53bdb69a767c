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

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageAttachmentMetadata;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.search.SearchUtil;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import io.jamesext.converter.SentDate;

/** Makes of a message the document that {@code mailbox-index.json} maps. Reads the whole message: not for event loops. */
@Singleton
final class MessageDocuments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** The fields that IMAP and JMAP name in their own criteria stay searchable with {@code opensearch.indexHeaders=false}. */
    private static final Set<String> ALWAYS = Set.of("from", "to", "cc", "bcc", "subject", "message-id", "date");
    /** A keyword value is limited to 32,766 octets: longer fields are cut into pieces that overlap, so that words at a cut are found. */
    private static final char SEPARATOR = ':';
    private static final int PIECE = 8000;
    static final int OVERLAP = 200;
    /** The parsers of subjects and addresses behind this are not made for more than a line or two. */
    private static final int MAX_PARSED = 2000;
    /** OpenSearch refuses dates outside what its formats can say; nobody wrote a message outside of this. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    /** A field that no message can have: its Date names no day. Agreed with the IMAP server's {@code IndexedTexts}, as the next one. */
    private static final MimeText.HeaderField UNDATED = new MimeText.HeaderField(" undated", "");
    /** Names a field with more than ASCII, of which the index knows less than the sign: accents are left out. */
    private static final String SIGNS = " signs";
    private static final int LAST_ASCII = 127;

    private final TextExtractor extractor;
    private final OpenSearchSettings.Index settings;

    @Inject
    MessageDocuments(TextExtractor extractor, OpenSearchSettings settings) {
        this.extractor = extractor;
        this.settings = settings.index();
    }

    ObjectNode of(MailboxMessage message) throws IOException {
        MimeText text = MimeText.read(message.getFullContent(), extractor, settings.attachments());
        ObjectNode document = JSON.objectNode();
        putIdentity(document, message);
        document.setAll(marks(message.createFlags(), message.getModSeq().asLong()));
        Optional<SentDate> sent = sent(text);
        putDates(document, message, sent);
        document.put("hasAttachment", MessageAttachmentMetadata.hasNonInlinedAttachment(message.getAttachments()));
        first(text, "message-id").ifPresent(id -> document.put("mimeMessageId", Texts.indexable(id)));
        List<MimeText.HeaderField> fields = text.fields().stream()
            .filter(field -> settings.headers() || ALWAYS.contains(field.name())).toList();
        putStrings(document, "headers", Stream.of(fields.stream(), signs(fields), sent.isPresent() ? Stream.<MimeText.HeaderField>empty()
            : Stream.of(UNDATED)).flatMap(all -> all).flatMap(MessageDocuments::pieces).toList());
        putStrings(document, "texts", text.searched().stream().flatMap(MessageDocuments::pieces).toList());
        // Header fields that are left out by the configuration cannot be searched for in the index.
        document.put("whole", text.isWhole() && settings.headers());
        putStrings(document, "textBody", text.texts());
        putStrings(document, "htmlBody", text.htmls());
        putAttachments(document, text.attachments());
        document.set("sort", sortKeys(text));
        return document;
    }

    static String id(MailboxId mailbox, MessageUid uid) {
        return mailbox.serialize() + SEPARATOR + uid.asLong();
    }

    static String id(ObjectNode document) {
        return document.get("mailboxId").textValue() + SEPARATOR + document.get("uid").longValue();
    }

    static MessageUid uid(String id) {
        return MessageUid.of(Long.parseLong(id.substring(id.lastIndexOf(SEPARATOR) + 1)));
    }

    /** What changes in a message's life: its flags and its MODSEQ. */
    static ObjectNode marks(Flags flags, long modSeq) {
        ObjectNode marks = JSON.objectNode();
        marks.put("modSeq", modSeq);
        putStrings(marks, "flags", SystemFlags.names(flags));
        putStrings(marks, "userFlags", List.of(flags.getUserFlags()));
        return marks;
    }

    private static void putIdentity(ObjectNode document, MailboxMessage message) {
        document.put("mailboxId", message.getMailboxId().serialize());
        document.put("uid", message.getUid().asLong());
        document.put("size", message.getFullContentOctets());
        Optional.ofNullable(SearchUtil.getSerializedMessageIdIfSupportedByUnderlyingStorageOrNull(message))
            .ifPresent(id -> document.put("messageId", id));
        Optional.ofNullable(SearchUtil.getSerializedThreadIdIfSupportedByUnderlyingStorageOrNull(message))
            .ifPresent(id -> document.put("threadId", id));
    }

    private static Stream<MimeText.HeaderField> signs(List<MimeText.HeaderField> fields) {
        return fields.stream().filter(field -> field.value().chars().anyMatch(sign -> sign > LAST_ASCII))
            .map(MimeText.HeaderField::name).distinct().map(name -> new MimeText.HeaderField(SIGNS, "<" + name + ">"));
    }

    private static Optional<SentDate> sent(MimeText text) {
        return first(text, "date").flatMap(SentDate::of)
            .filter(date -> date.second() > FIRST.getEpochSecond() && date.second() < LAST.getEpochSecond());
    }

    /**
     * RFC 5256 section 2.2: a message without a usable Date counts as sent when it arrived. {@code sentDay} is the day that the header
     * itself names: RFC 3501 section 6.4.4 compares SENTON "disregarding time and timezone".
     */
    private static void putDates(ObjectNode document, MailboxMessage message, Optional<SentDate> sent) {
        Instant arrived = Optional.ofNullable(message.getInternalDate()).map(date -> date.toInstant()).orElseGet(Instant::now);
        document.put("internalDate", arrived.toEpochMilli());
        document.put("sentDate", sent.map(date -> Instant.ofEpochSecond(date.second())).orElse(arrived).toEpochMilli());
        document.put("sentDay", sent.map(SentDate::day).orElseGet(() -> arrived.atZone(ZoneOffset.UTC).toLocalDate()).toString());
        message.getSaveDate().ifPresent(date -> document.put("saveDate", date.getTime()));
    }

    private static void putAttachments(ObjectNode document, List<MimeText.Attachment> attachments) {
        var array = document.putArray("attachments");
        for (MimeText.Attachment attachment : attachments) {
            ObjectNode node = array.addObject();
            attachment.fileName().ifPresent(name -> node.put("fileName", Texts.indexable(Texts.bounded(name, PIECE))));
            node.put("mediaType", attachment.mediaType());
            node.put("text", Texts.indexable(attachment.text()));
        }
    }

    private static ObjectNode sortKeys(MimeText text) {
        ObjectNode keys = JSON.objectNode();
        for (String name : List.of("from", "to", "cc")) {
            first(text, name).flatMap(MessageDocuments::firstAddress).ifPresent(address -> keys.put(name, Collation.key(address)));
        }
        String subject = first(text, "subject").orElse("");
        keys.put("subject", Collation.key(SearchUtil.getBaseSubject(Texts.bounded(subject, MAX_PARSED))));
        return keys;
    }

    private static Optional<String> firstAddress(String value) {
        return LenientAddressParser.DEFAULT.parseAddressList(Texts.bounded(value, MAX_PARSED))
            .flatten().stream().findFirst().map(Mailbox::getAddress);
    }

    private static Optional<String> first(MimeText text, String name) {
        return text.fields().stream().filter(field -> field.name().equals(name)).map(MimeText.HeaderField::value).findFirst();
    }

    /** RFC 3501 section 6.4.4: TEXT finds the name of a field too, as it stands before its value. */
    private static Stream<String> pieces(MimeText.HeaderField field) {
        String name = Texts.bounded(Collation.searchable(Texts.bounded(field.name(), OVERLAP)), OVERLAP);
        return pieces(" " + field.value()).map(piece -> name + ":" + piece);
    }

    private static Stream<String> pieces(String value) {
        String folded = Collation.searchable(value);
        List<String> pieces = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(folded.length(), from + PIECE);
            pieces.add(folded.substring(from, to));
            from = to - OVERLAP;
        } while (from + OVERLAP < folded.length());
        return pieces.stream();
    }

    private static void putStrings(ObjectNode node, String name, Collection<String> values) {
        var array = node.putArray(name);
        values.stream().map(Texts::indexable).forEach(array::add);
    }
}
