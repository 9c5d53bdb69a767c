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

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;

/**
 * A tagged status response with a response code as it goes on the wire, without its brackets. RFC 3501 section 7.1.
 *
 * @param code resp-text-code: TEXT-CHAR without "]", which the caller has made sure of
 */
public record StatusLine(Tag tag, StatusResponse.Type type, String code, ImapCommand command, String text) implements ImapResponseMessage {
    public StatusLine {
        checkCode(code);
    }

    static void checkCode(String code) {
        if (code.chars().anyMatch(c -> c < ' ' || c > '~' || c == ']')) {
            throw new IllegalArgumentException("a response code with an octet that would end it");
        }
    }

    /** A tagged OK to that request. */
    public static StatusLine ok(ImapRequest request, String code) {
        return new StatusLine(request.getTag(), StatusResponse.Type.OK, code, request.getCommand(), "completed.");
    }

    /** A tagged NO to that request. */
    public static StatusLine no(ImapRequest request, String code, String why) {
        return new StatusLine(request.getTag(), StatusResponse.Type.NO, code, request.getCommand(), "failed. " + why);
    }
}
