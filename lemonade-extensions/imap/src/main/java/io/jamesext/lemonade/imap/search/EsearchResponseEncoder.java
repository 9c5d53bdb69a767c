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

package io.jamesext.lemonade.imap.search;

import java.io.IOException;

import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/**
 * Writes {@link SearchResponse.Extended}. RFC 4466 section 3: {@code "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)}.
 */
public final class EsearchResponseEncoder implements ImapResponseEncoder<SearchResponse.Extended> {
    @Override
    public Class<SearchResponse.Extended> acceptableMessages() {
        return SearchResponse.Extended.class;
    }

    @Override
    public void encode(SearchResponse.Extended response, ImapResponseComposer composer) throws IOException {
        composer.untagged().message("ESEARCH").openParen().message("TAG").quote(response.tag().asString()).closeParen();
        if (response.uids()) {
            composer.message("UID");
        }
        for (SearchResponse.Item item : response.items()) {
            composer.message(item.name()).message(item.value());
        }
        composer.end();
    }
}
