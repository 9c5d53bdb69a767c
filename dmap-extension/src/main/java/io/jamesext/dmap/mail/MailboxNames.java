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

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxNameException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;

import com.google.common.base.CharMatcher;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;

/**
 * Names on the wire and in James. Draft section 6.1: {@code /} separates levels, whatever James uses; INBOX in any case is the
 * primary mailbox. Where James's separator is another character, the two change places, so that every name has exactly one
 * counterpart.
 */
public final class MailboxNames {
    /** Draft section 6.1.1. */
    public static final char SEPARATOR = '/';

    private MailboxNames() {
    }

    /** The user's own mailbox of this name. */
    public static MailboxPath path(String name, MailboxSession session) {
        if (name.isEmpty() || CharMatcher.javaIsoControl().matchesAnyOf(name)) {
            throw new ProtocolException(Failure.BAD_MAILBOX_NAME, "not a possible mailbox name");
        }
        if (name.equalsIgnoreCase(MailboxConstants.INBOX)) {
            return MailboxPath.inbox(session);
        }
        return MailboxPath.forUser(session.getUser(), swapped(name, session.getPathDelimiter()));
    }

    /**
     * The user's own mailbox of this name, which is to be made. Draft section 7.3.3: a separator at its end is ignored.
     *
     * @throws ProtocolException where James has no mailbox of such a name: it is too long, has an empty level, or one of {@code %*#} in a
     *     place where James does not take it
     */
    public static MailboxPath newPath(String name, MailboxSession session) {
        boolean declaresInferiors = name.length() > 1 && name.charAt(name.length() - 1) == SEPARATOR;
        try {
            return path(declaresInferiors ? name.substring(0, name.length() - 1) : name, session)
                .assertAcceptable(session.getPathDelimiter());
        } catch (MailboxNameException e) {
            throw MailboxFailures.of(e);
        }
    }

    /** The name of a mailbox on the wire. */
    public static String name(MailboxPath path, MailboxSession session) {
        return swapped(path.getName(), session.getPathDelimiter());
    }

    private static String swapped(String name, char delimiter) {
        if (delimiter == SEPARATOR) {
            return name;
        }
        StringBuilder swapped = new StringBuilder(name);
        for (int at = 0; at < name.length(); at++) {
            char character = name.charAt(at);
            if (character == SEPARATOR) {
                swapped.setCharAt(at, delimiter);
            } else if (character == delimiter) {
                swapped.setCharAt(at, SEPARATOR);
            }
        }
        return swapped.toString();
    }
}
