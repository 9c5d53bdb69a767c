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

package io.jamesext.lemonade.imap.urlauth;

import java.util.List;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** A GENURLAUTH. RFC 4467 section 7. */
public final class GenUrlAuthRequest extends AbstractImapRequest {
    /** A URL that is to be authorised, as it was written. */
    record Asked(String rump, String mechanism) {
    }

    private final List<Asked> asked;

    GenUrlAuthRequest(Tag tag, List<Asked> asked) {
        super(tag, UrlCommands.GENURLAUTH);
        this.asked = List.copyOf(asked);
    }

    List<Asked> asked() {
        return asked;
    }
}
