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

package io.jamesext.lemonade.imap.select;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.EnableProcessor;

/** What a client has said that it understands. RFC 7162 sections 3.1 and 3.2.3. */
public final class Condstore {
    private Condstore() {
    }

    /** True after the first CONDSTORE enabling command: each untagged FETCH has UID and MODSEQ. RFC 7162 section 3.2.4. */
    public static boolean aware(ImapSession session) {
        return EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_CONDSTORE) || qresync(session);
    }

    /** True after ENABLE QRESYNC: VANISHED in the place of EXPUNGE. RFC 7162 section 3.2.3. */
    public static boolean qresync(ImapSession session) {
        return EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_QRESYNC);
    }
}
