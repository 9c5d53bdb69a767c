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

package io.jamesext.lemonade.imap.status;

import java.io.IOException;

import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@link UntaggedStatus}. RFC 3501 section 9: {@code response-data = "*" SP (resp-cond-state / ...) CRLF}. */
public final class UntaggedStatusEncoder implements ImapResponseEncoder<UntaggedStatus> {
    @Override
    public Class<UntaggedStatus> acceptableMessages() {
        return UntaggedStatus.class;
    }

    @Override
    public void encode(UntaggedStatus status, ImapResponseComposer composer) throws IOException {
        composer.untagged()
            .message(status.type().getCode())
            .openSquareBracket()
            .message(status.code())
            .closeSquareBracket()
            .message(status.text())
            .end();
    }
}
