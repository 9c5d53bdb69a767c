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
import org.apache.james.imap.api.process.ImapSession;

import io.jamesext.lemonade.imap.utf8.Utf8Accept;

/**
 * What a listener takes as messages.
 *
 * @param maxBytes how many octets those of a command may have: the listener's {@code literalSizeLimit}. RFC 7889
 * @param utf8Accept whether the listener has UTF8=ACCEPT: {@code disabledCaps} can take it away
 */
public record AppendLimits(long maxBytes, boolean utf8Accept) {
    /** Where none is configured: James counts the octets of a message in an int; RFC 4469 section 4.2 would allow four gigabytes. */
    public static final AppendLimits NONE = new AppendLimits(Integer.MAX_VALUE, true);

    /** Those of a listener. */
    public static AppendLimits of(ImapConfiguration configuration) {
        return new AppendLimits(configuration.getAppendLimit().map(Long::valueOf).orElse(NONE.maxBytes),
            !configuration.getDisabledCaps().contains(Utf8Accept.CAPABILITY));
    }

    /** RFC 7889 section 3.1. */
    Capability capability() {
        return Capability.of("APPENDLIMIT=" + maxBytes);
    }

    /** RFC 6855 section 4: octets of 8 bits in a header are for clients that have enabled UTF8=ACCEPT. */
    boolean wantsAsciiHeader(ImapSession session) {
        return utf8Accept && !Utf8Accept.isEnabled(session);
    }
}
