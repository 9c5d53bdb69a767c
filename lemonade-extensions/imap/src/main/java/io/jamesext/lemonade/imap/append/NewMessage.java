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

package io.jamesext.lemonade.imap.append;

import java.util.Date;
import java.util.List;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.imap.message.Literal;

/**
 * One message of an APPEND. RFC 4466 section 6, append-message.
 *
 * @param internalDate when none is given, the time of the command
 * @param pieces what the message is put together of, in this order; one for an APPEND without CATENATE
 */
public record NewMessage(Flags flags, Optional<Date> internalDate, List<Piece> pieces) {
    /** A part of the message's octets. RFC 4469 section 5, cat-part. */
    public sealed interface Piece {
        /** The octets of a literal. */
        record Octets(Literal literal) implements Piece {
        }

        /** A URL as the client wrote it; whether it is one is seen when the command runs, because a bad one is a NO and not a BAD. */
        record Url(String url) implements Piece {
        }
    }

    public NewMessage {
        pieces = List.copyOf(pieces);
    }
}
