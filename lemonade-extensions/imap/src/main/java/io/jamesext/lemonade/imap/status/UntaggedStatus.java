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

import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;

/**
 * An untagged status response with a response code as it goes on the wire, without its brackets. RFC 3501 section 7.1.
 *
 * @param code resp-text-code: TEXT-CHAR without "]", which the caller has made sure of
 */
public record UntaggedStatus(StatusResponse.Type type, String code, String text) implements ImapResponseMessage {
    public UntaggedStatus {
        StatusLine.checkCode(code);
    }

    /** An untagged OK. */
    public static UntaggedStatus ok(String code, String text) {
        return new UntaggedStatus(StatusResponse.Type.OK, code, text);
    }
}
