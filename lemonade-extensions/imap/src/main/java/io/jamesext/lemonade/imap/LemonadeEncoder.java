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

package io.jamesext.lemonade.imap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes our responses with our encoders and all others as James does: James's encoder has a closed list. */
final class LemonadeEncoder implements ImapEncoder {
    private final Map<Class<?>, ImapResponseEncoder<?>> ours;
    private final ImapEncoder stock;

    LemonadeEncoder(List<ImapResponseEncoder<?>> ours, ImapEncoder stock) {
        this.ours = ours.stream().collect(Collectors.toUnmodifiableMap(ImapResponseEncoder::acceptableMessages, encoder -> encoder));
        this.stock = stock;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void encode(ImapMessage message, ImapResponseComposer composer) throws IOException {
        ImapResponseEncoder encoder = ours.get(message.getClass());
        if (encoder == null) {
            stock.encode(message, composer);
        } else {
            encoder.encode((ImapResponseMessage) message, composer);
        }
    }
}
