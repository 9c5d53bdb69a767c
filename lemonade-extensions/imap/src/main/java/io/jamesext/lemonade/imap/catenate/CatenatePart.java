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

package io.jamesext.lemonade.imap.catenate;

import org.apache.james.imap.message.Literal;

/** One piece of the message to be put together. RFC 4469 section 5: {@code cat-part = text-literal / url}. */
public sealed interface CatenatePart {
    /** The octets of a literal. */
    record Text(Literal literal) implements CatenatePart {
    }

    /** A URL as the client wrote it; whether it is one is seen when the command runs, because a bad one is a NO and not a BAD. */
    record Url(String url) implements CatenatePart {
    }
}
