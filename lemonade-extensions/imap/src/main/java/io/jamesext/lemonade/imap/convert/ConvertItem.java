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
package io.jamesext.lemonade.imap.convert;

import java.util.Optional;

import io.jamesext.urlauth.PartialRange;
import io.jamesext.urlauth.Section;

/**
 * What a client wants of a part, or of a header. RFC 5259 section 10, convert-att; UID is said of the command.
 *
 * @param name how the answer calls it, without its origin octet
 */
record ConvertItem(Kind kind, String name, Section section, Optional<PartialRange> range) {
    /** The items. RFC 5259 sections 6 and 8. */
    enum Kind {
        STRUCTURE, SIZE, AVAILABLE, BINARY, HEADER;

        /** Octets, which go out behind all else: a structure that was asked for must come before them. RFC 5259 section 8.2. */
        boolean isContent() {
            return this == BINARY || this == HEADER;
        }
    }

    String answerName() {
        return name + range.map(octets -> "<" + octets.offset() + ">").orElse("");
    }
}
