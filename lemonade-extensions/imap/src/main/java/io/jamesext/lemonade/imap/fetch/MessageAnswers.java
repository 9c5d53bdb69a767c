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

package io.jamesext.lemonade.imap.fetch;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageResult;

import io.jamesext.lemonade.imap.objectid.ObjectIds;
import io.jamesext.lemonade.imap.pace.NulFreeInputStream;
import io.jamesext.urlauth.MimeParts;
import io.jamesext.urlauth.Section;
import io.jamesext.urlauth.SectionReader;
import io.jamesext.urlauth.UrlContent;

/** What is told of a message for each item. RFC 3501 section 7.4.2. */
public final class MessageAnswers {
    /** Content that becomes part of the line; larger content streams. */
    private static final int MAX_INLINE_BYTES = 1 << 16;
    private static final Section HEADER = Section.parse("HEADER");
    private static final byte[] NONE = {};
    /** RFC 3501 section 9, date-time. James keeps no zone. */
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss xx", Locale.US)
        .withZone(ZoneOffset.UTC);

    private final SectionReader sections;
    private final Previews previews;

    /** With the structures of messages that are known. */
    public MessageAnswers(MimeParts parts) {
        this.sections = new SectionReader(parts);
        this.previews = new Previews(sections);
    }

    /** Whether one of the items takes a pass over the whole message. */
    boolean takePass(List<FetchItem> items, List<FetchItem.Content> contents, Fetched message) {
        boolean decode = contents.stream().anyMatch(FetchItem.Content::decoded)
            || items.stream().anyMatch(item -> item instanceof FetchItem.DecodedSize || item instanceof FetchItem.Preview);
        boolean lookInside = contents.stream().anyMatch(content -> !content.section().path().isEmpty())
            || items.stream().anyMatch(item -> item.need() == FetchItem.Need.CONTENT);
        return decode || lookInside && !sections.isKnown(message.id());
    }

    /** Whether all that is to be decoded can be. */
    boolean decodable(Fetched message, List<FetchItem> items, List<FetchItem.Content> contents) throws IOException {
        try {
            for (FetchItem item : items) {
                if (item instanceof FetchItem.DecodedSize size && !sections.isDecodable(message.content(), size.section())) {
                    return false;
                }
            }
            for (FetchItem.Content content : contents) {
                if (content.decoded() && !sections.isDecodable(message.content(), content.section())) {
                    return false;
                }
            }
            return true;
        } catch (MailboxException e) {
            throw new IOException(e);
        }
    }

    /**
     * Writes an item other than content.
     *
     * @param recent whether the session is the first to be told of the message
     */
    void write(FetchItem item, Fetched message, boolean recent, AnswerBuffer to) throws IOException {
        try {
            if (item instanceof FetchItem.Attribute attribute) {
                to.value(attribute.word());
                attribute(attribute, message, recent, to);
            } else if (item instanceof FetchItem.Preview preview) {
                Optional<byte[]> text = preview.lazy() ? previews.known(message.id()) : Optional.of(previews.of(message.content()));
                to.value("PREVIEW");
                text.ifPresentOrElse(to::string, to::nil);
            } else if (item instanceof FetchItem.DecodedSize size) {
                // RFC 3516 section 4.3: a number, and that of the answer to BINARY.
                to.value(size.name()).number(decoded(message, size.section()).map(part -> part.content().sizeBytes()).orElse(0L));
            }
        } catch (MailboxException e) {
            throw new IOException(e);
        }
    }

    private void attribute(FetchItem.Attribute attribute, Fetched message, boolean recent, AnswerBuffer to)
        throws IOException, MailboxException {
        switch (attribute) {
            case FLAGS -> flags(message.state().flags(), recent, to);
            case UID -> to.number(message.uid().asLong());
            case MODSEQ -> to.open().number(message.state().modSeq().asLong()).close();
            case EMAILID -> to.open().value(ObjectIds.ofMessage(message.id())).close();
            case THREADID -> to.open().value(ObjectIds.ofThread(message.threadId())).close();
            case INTERNALDATE -> date(message.content().getInternalDate(), to);
            case SAVEDATE -> message.content().getSaveDate().ifPresentOrElse(date -> date(date, to), to::nil);
            case SIZE -> to.number(message.content().getSize());
            case ENVELOPE -> Envelope.write(header(message.content()), to);
            case BODY -> BodyStructure.write(sections.structure(message.content()), BodyStructure.Form.BODY, to);
            case BODYSTRUCTURE -> BodyStructure.write(sections.structure(message.content()), BodyStructure.Form.BODYSTRUCTURE, to);
        }
    }

    /**
     * Writes the content of a section.
     *
     * @return content of which only the header of its literal is written, because it is large
     */
    Optional<UrlContent> write(FetchItem.Content item, Fetched message, AnswerBuffer to) throws IOException {
        to.value(item.answerName());
        try {
            Optional<SectionReader.Decoded> decoded = item.decoded() ? decoded(message, item.section()) : Optional.empty();
            Optional<UrlContent> content = item.decoded()
                ? decoded.map(SectionReader.Decoded::content)
                : sections.stored(message.content(), item.section()).map(stored -> stored.through(NulFreeInputStream::new));
            if (content.isEmpty()) {
                to.nil();
                return Optional.empty();
            }
            UrlContent shown = to.utf8() ? content.get() : downgraded(content.get(), item.section(), message);
            return write(shown.slice(item.range()), decoded.map(SectionReader.Decoded::hasNul).orElse(false), to);
        } catch (MailboxException e) {
            throw new IOException(e);
        }
    }

    /** RFC 6855 section 8: where the section is a header or begins with that of the message. What is inside of a body is the body's. */
    private UrlContent downgraded(UrlContent content, Section section, Fetched message) throws IOException, MailboxException {
        byte[] header = switch (section.kind()) {
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> content.octets();
            case CONTENT -> section.path().isEmpty() ? beginning(content, header(message.content())) : NONE;
            case TEXT -> NONE;
        };
        byte[] downgraded = Downgrade.header(header);
        return downgraded == header ? content : content.replacing(header.length, downgraded);
    }

    /** The header as the content shows it, where that may need a change. */
    private static byte[] beginning(UrlContent content, byte[] header) throws IOException {
        return Downgrade.ascii(header) ? NONE : content.slice(0, header.length).octets();
    }

    private static Optional<UrlContent> write(UrlContent octets, boolean hasNul, AnswerBuffer to) throws IOException {
        if (octets.sizeBytes() == 0) {
            to.string("");
            return Optional.empty();
        }
        // RFC 3516 section 4.3: a literal8 where NUL is in it, and only there.
        to.value((hasNul ? "~{" : "{") + octets.sizeBytes() + "}\r\n");
        if (octets.sizeBytes() > MAX_INLINE_BYTES) {
            return Optional.of(octets);
        }
        byte[] content = octets.octets();
        if (content.length != octets.sizeBytes()) {
            throw new IOException("a message shorter than its size");
        }
        to.octets(content);
        return Optional.empty();
    }

    private Optional<SectionReader.Decoded> decoded(Fetched message, Section section) throws IOException, MailboxException {
        return sections.decoded(message.content(), section);
    }

    private byte[] header(MessageResult message) throws IOException, MailboxException {
        return sections.stored(message, HEADER).orElseThrow().octets();
    }

    private static void date(Date date, AnswerBuffer to) {
        to.string(DATE_TIME.format(date.toInstant()));
    }

    private static void flags(Flags flags, boolean recent, AnswerBuffer to) {
        to.open();
        flag(flags, Flags.Flag.ANSWERED, "\\Answered", to);
        flag(flags, Flags.Flag.DELETED, "\\Deleted", to);
        flag(flags, Flags.Flag.DRAFT, "\\Draft", to);
        flag(flags, Flags.Flag.FLAGGED, "\\Flagged", to);
        if (recent) {
            to.value("\\Recent");
        }
        flag(flags, Flags.Flag.SEEN, "\\Seen", to);
        for (String keyword : flags.getUserFlags()) {
            to.value(keyword);
        }
        to.close();
    }

    private static void flag(Flags flags, Flags.Flag flag, String name, AnswerBuffer to) {
        if (flags.contains(flag)) {
            to.value(name);
        }
    }
}
