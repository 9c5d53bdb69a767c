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


package io.jamesext.lemonade.imap.id;

import java.io.IOException;
import java.util.Map;

import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@link IdResponse}. RFC 2971 section 4: {@code id_response = "ID" SP id_params_list}. */
public final class IdEncoder implements ImapResponseEncoder<IdResponse> {
    @Override
    public Class<IdResponse> acceptableMessages() {
        return IdResponse.class;
    }

    @Override
    public void encode(IdResponse response, ImapResponseComposer composer) throws IOException {
        composer.untagged().message("ID").openParen();
        for (Map.Entry<String, String> field : response.fields().entrySet()) {
            composer.quote(field.getKey()).quote(field.getValue());
        }
        composer.closeParen().end();
    }
}
