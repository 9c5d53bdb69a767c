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


package io.jamesext.lemonade.imap.authenticate;

import java.io.IOException;

import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/** Writes {@link Challenge}. RFC 3501 section 9: {@code continue-req = "+" SP (resp-text / base64) CRLF}, where base64 may be empty. */
public final class ChallengeEncoder implements ImapResponseEncoder<Challenge> {
    @Override
    public Class<Challenge> acceptableMessages() {
        return Challenge.class;
    }

    @Override
    public void encode(Challenge challenge, ImapResponseComposer composer) throws IOException {
        composer.continuationResponse(challenge.base64());
    }
}
