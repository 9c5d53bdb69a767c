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

package io.jamesext.lemonade.imap.mailbox;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxPath;

import io.jamesext.lemonade.imap.folder.RefusedException;
import io.jamesext.lemonade.imap.names.MailboxNames;
import io.jamesext.lemonade.imap.names.NetUnicode;

/** The path of a mailbox that is to be: what CREATE and RENAME check before anything is done. */
final class NewName {
    private NewName() {
    }

    /**
     * The path, without the delimiter that RFC 3501 section 6.3.3 lets a client put at the end of a name.
     *
     * @throws MailboxException if this user cannot have such a mailbox
     */
    static MailboxPath path(String name, MailboxNames names) throws MailboxException {
        if (!NetUnicode.allows(name)) {
            throw impossible();
        }
        boolean declaresInferiors = name.length() > 1 && name.charAt(name.length() - 1) == names.delimiter();
        MailboxPath path = find(declaresInferiors ? name.substring(0, name.length() - 1) : name, names);
        if (!names.own(path)) {
            // James gives the right to create below another user's mailbox to nobody.
            throw new RefusedException("NOPERM", "Only its owner can do that.");
        }
        return path.assertAcceptable(names.delimiter());
    }

    private static MailboxPath find(String name, MailboxNames names) throws RefusedException {
        try {
            return names.path(name);
        } catch (MailboxNotFoundException e) {
            throw impossible();
        }
    }

    /** RFC 5530 section 3: what fails whoever asks, and whenever. */
    static RefusedException impossible() {
        return new RefusedException("CANNOT", "No mailbox can have that name.");
    }
}
