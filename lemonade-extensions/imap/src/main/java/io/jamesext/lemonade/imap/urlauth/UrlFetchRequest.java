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
import java.util.Set;

import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

import io.jamesext.lemonade.imap.frame.ReadingCommand;

/** A URLFETCH. RFC 4467 section 7, RFC 5524 section 3. */
public final class UrlFetchRequest extends AbstractImapRequest implements ReadingCommand {
    /** What there is to know of the content of a URL. RFC 5524 section 3.1. */
    enum Item {
        BODYPARTSTRUCTURE, BINARY, BODY
    }

    /**
     * A URL, as it was written.
     *
     * @param items none for the answer of RFC 4467
     */
    record Asked(String url, Set<Item> items) {
        Asked {
            items = Set.copyOf(items);
        }
    }

    private final List<Asked> asked;

    UrlFetchRequest(Tag tag, List<Asked> asked) {
        super(tag, UrlCommands.URLFETCH);
        this.asked = List.copyOf(asked);
    }

    List<Asked> asked() {
        return asked;
    }
}
