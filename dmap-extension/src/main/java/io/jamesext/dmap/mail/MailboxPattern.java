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
package io.jamesext.dmap.mail;

import java.util.Locale;

import org.apache.james.mailbox.model.MailboxConstants;

/** A mailbox name with wildcards. Draft section 7.3.8: {@code *} stands for anything, {@code %} for anything without a separator. */
public final class MailboxPattern {
    private final Wildcards exact;
    private final Wildcards capitals;

    /** As the client wrote it. */
    public MailboxPattern(String pattern) {
        this.exact = new Wildcards(pattern, MailboxNames.SEPARATOR);
        this.capitals = new Wildcards(pattern.toUpperCase(Locale.US), MailboxNames.SEPARATOR);
    }

    /** True when it is this name's. INBOX is meant in any case (draft section 6.1). */
    public boolean matches(String name) {
        return exact.matches(name) || name.equals(MailboxConstants.INBOX) && capitals.matches(name);
    }

    /** True when levels above mailboxes are listed too: draft section 7.3.8, "if the % wildcard is the last character". */
    public boolean wantsLevels() {
        return exact.pattern().endsWith("%");
    }

    @Override
    public String toString() {
        return exact.pattern();
    }
}
