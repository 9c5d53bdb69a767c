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
package io.jamesext.lemonade.imap.context;

import java.io.IOException;

import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@link NoUpdate}. RFC 5267 section 5: {@code resp-text-code =/ "NOUPDATE" SP quoted}; a tag may have "]" in it. */
public final class NoUpdateEncoder implements ImapResponseEncoder<NoUpdate> {
    @Override
    public Class<NoUpdate> acceptableMessages() {
        return NoUpdate.class;
    }

    @Override
    public void encode(NoUpdate response, ImapResponseComposer composer) throws IOException {
        composer.untagged().message("NO").openSquareBracket().message("NOUPDATE").quote(response.tag().asString()).closeSquareBracket()
            .message(response.why()).end();
    }
}
