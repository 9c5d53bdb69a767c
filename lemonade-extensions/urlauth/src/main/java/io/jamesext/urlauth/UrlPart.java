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

package io.jamesext.urlauth;

import java.io.IOException;
import java.util.Optional;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageResult;

/** The message or part that a URL leads to: its octets as they are stored, and what RFC 5524 tells of them. */
public final class UrlPart {
    private final SectionReader sections;
    private final MessageResult message;
    private final Section section;
    private final Optional<PartialRange> range;
    private final UrlContent stored;

    private UrlPart(SectionReader sections, MessageResult message, MessagePart part, UrlContent stored) {
        this.sections = sections;
        this.message = message;
        this.section = section(part);
        this.range = part.partial();
        this.stored = stored;
    }

    /** Finds a part in its message; {@link BadUrlException} when it has none such. */
    static UrlPart of(MessageResult message, MessagePart part, SectionReader sections) throws IOException, MailboxException {
        UrlContent stored = sections.stored(message, section(part)).orElseThrow(() -> new BadUrlException("no such section"));
        return new UrlPart(sections, message, part, stored);
    }

    private static Section section(MessagePart part) {
        return part.section().orElse(Section.WHOLE);
    }

    /** The octets as they are stored, in the range of the URL. */
    public UrlContent stored() {
        return stored.slice(range);
    }

    /**
     * The octets without their transfer encoding, in the range of the URL, which counts what is decoded as that of RFC 3516 section 4.2
     * does. Nothing where nobody knows the encoding.
     */
    public Optional<SectionReader.Decoded> decoded() throws IOException, MailboxException {
        Optional<SectionReader.Decoded> whole = wholeDecoded();
        return range.isEmpty() || whole.isEmpty() ? whole : Optional.of(SectionReader.Decoded.of(whole.get().content().slice(range)));
    }

    /**
     * What the octets are. Of a range, what it is a range of, as in RFC 5259 section 8.2.
     *
     * @param decoded whether as {@link #decoded} has them; where nobody knows the encoding, they are told as they are stored
     */
    public MimePart structure(boolean decoded) throws IOException, MailboxException {
        MimePart part = sections.described(message, section).orElseThrow();
        return decoded ? wholeDecoded().map(content -> content.in(part)).orElse(part) : part;
    }

    private Optional<SectionReader.Decoded> wholeDecoded() throws IOException, MailboxException {
        return sections.isDecodable(message, section) ? sections.decoded(message, section) : Optional.empty();
    }
}
