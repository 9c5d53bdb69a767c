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

package io.jamesext.lemonade.imap.folder;

import java.io.IOException;

import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@link Untagged}. RFC 3501 section 9: {@code response-data = "*" SP ... CRLF}. */
public final class UntaggedEncoder implements ImapResponseEncoder<Untagged> {
    @Override
    public Class<Untagged> acceptableMessages() {
        return Untagged.class;
    }

    @Override
    public void encode(Untagged response, ImapResponseComposer composer) throws IOException {
        composer.untagged().message(response.octets()).end();
    }
}
