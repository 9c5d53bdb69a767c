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

import java.util.List;
import java.util.Optional;

import io.jamesext.urlauth.PartialRange;
import io.jamesext.urlauth.Section;

/** What a client wants to know of a message. RFC 3501 section 6.4.5. */
public sealed interface FetchItem {
    /** How much of a message must be read. */
    enum Need {
        METADATA, SIZE_AND_DATES, HEADER, CONTENT
    }

    /** How much this item needs. */
    Need need();

    /** The items that are a word. */
    enum Attribute implements FetchItem {
        FLAGS("FLAGS", Need.METADATA), UID("UID", Need.METADATA), INTERNALDATE("INTERNALDATE", Need.SIZE_AND_DATES),
        SIZE("RFC822.SIZE", Need.SIZE_AND_DATES), ENVELOPE("ENVELOPE", Need.HEADER), BODY("BODY", Need.CONTENT),
        BODYSTRUCTURE("BODYSTRUCTURE", Need.CONTENT),
        /** RFC 7162 section 3.1.5. */
        MODSEQ("MODSEQ", Need.METADATA),
        /** RFC 8474 section 5. */
        EMAILID("EMAILID", Need.METADATA), THREADID("THREADID", Need.METADATA),
        /** RFC 8514 section 4.2. */
        SAVEDATE("SAVEDATE", Need.SIZE_AND_DATES);

        /** RFC 3501 section 6.4.5: macros, each used alone. */
        static final List<FetchItem> FAST = List.of(FLAGS, INTERNALDATE, SIZE);
        static final List<FetchItem> ALL = List.of(FLAGS, INTERNALDATE, SIZE, ENVELOPE);
        static final List<FetchItem> FULL = List.of(FLAGS, INTERNALDATE, SIZE, ENVELOPE, BODY);

        private final String word;
        private final Need need;

        Attribute(String word, Need need) {
            this.word = word;
            this.need = need;
        }

        String word() {
            return word;
        }

        @Override
        public Need need() {
            return need;
        }
    }

    /** RFC 8970 section 3: the first words of the text; with LAZY only where they are at hand. */
    record Preview(boolean lazy) implements FetchItem {
        @Override
        public Need need() {
            return lazy ? Need.METADATA : Need.CONTENT;
        }
    }

    /**
     * Octets of the message. RFC 3501 section 6.4.5 and RFC 3516 section 4.2.
     *
     * @param name how the answer calls it, without its origin octet
     * @param decoded whether the transfer encoding is to be taken away
     * @param peek whether the message stays unseen
     */
    record Content(String name, Section section, Optional<PartialRange> range, boolean decoded, boolean peek) implements FetchItem {
        @Override
        public Need need() {
            boolean header = section.kind() == Section.Kind.HEADER || section.kind() == Section.Kind.HEADER_FIELDS
                || section.kind() == Section.Kind.HEADER_FIELDS_NOT;
            return header && section.path().isEmpty() ? Need.HEADER : Need.CONTENT;
        }

        String answerName() {
            return name + range.map(octets -> "<" + octets.offset() + ">").orElse("");
        }
    }

    /** How many octets a part has without its transfer encoding. RFC 3516 section 4.2. */
    record DecodedSize(String name, Section section) implements FetchItem {
        @Override
        public Need need() {
            return Need.CONTENT;
        }
    }
}
