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
 * Writes {@link SearchResponse.Plain}. RFC 7162 section 7: {@code "SEARCH" *(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]}.
 */
public final class SearchResponseEncoder implements ImapResponseEncoder<SearchResponse.Plain> {
    @Override
    public Class<SearchResponse.Plain> acceptableMessages() {
        return SearchResponse.Plain.class;
    }

    @Override
    public void encode(SearchResponse.Plain response, ImapResponseComposer composer) throws IOException {
        composer.untagged().message("SEARCH");
        for (long number : response.numbers()) {
            composer.message(number);
        }
        if (response.modSeq().isPresent()) {
            composer.openParen().message("MODSEQ").message(response.modSeq().getAsLong()).closeParen();
        }
        composer.end();
    }
}
