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

package io.jamesext.lemonade.imap.objectid;

import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.ThreadId;

/**
 * How James's identifiers are called on the wire. A thread has the identifier of its first message in James, and RFC 8474 section 5.2
 * forbids one value for both: a letter before it tells them apart, as that section proposes.
 */
public final class ObjectIds {
    private static final String MESSAGE = "M";
    private static final String THREAD = "T";

    private ObjectIds() {
    }

    /** EMAILID. */
    public static String ofMessage(MessageId id) {
        return MESSAGE + id.serialize();
    }

    /** THREADID. */
    public static String ofThread(ThreadId id) {
        return THREAD + id.serialize();
    }
}
