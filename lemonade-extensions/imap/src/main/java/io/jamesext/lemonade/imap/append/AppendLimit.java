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

package io.jamesext.lemonade.imap.append;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.message.Capability;

/** How many octets the messages of a command may have: the listener's {@code literalSizeLimit}. RFC 7889. */
public final class AppendLimit {
    /** Where none is configured: James counts the octets of a message in an int; RFC 4469 section 4.2 would allow four gigabytes. */
    static final long NONE_BYTES = Integer.MAX_VALUE;

    private AppendLimit() {
    }

    /** The limit of a listener in octets. */
    public static long of(ImapConfiguration configuration) {
        return configuration.getAppendLimit().map(Long::valueOf).orElse(NONE_BYTES);
    }

    /** RFC 7889 section 3.1. */
    static Capability capability(long maxBytes) {
        return Capability.of("APPENDLIMIT=" + maxBytes);
    }
}
