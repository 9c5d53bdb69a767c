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
package io.jamesext.agap.folder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The folder types of AGAP section 2.9.3, each with the mailbox class that it is in the store. */
public enum FolderType {
    /** Contacts. */
    ADDR("IPF.Contact"),
    /** Events. */
    CALE("IPF.Appointment"),
    /** Configuration. */
    CONF("IPF.AGAP.Configuration"),
    /** Files. */
    FILE("IPF.AGAP.File"),
    /** A filter. */
    FILT("IPF.AGAP.Filter"),
    /** Folders only. */
    FOLD("IPF.AGAP.Folder"),
    /** Journal entries. */
    JRNL("IPF.Journal"),
    /** Mail: a mailbox without a class. */
    MESG(""),
    /** Notes. */
    NOTE("IPF.StickyNote"),
    /** Tasks. */
    TASK("IPF.Task");

    private final String mailboxClass;

    FolderType(String mailboxClass) {
        this.mailboxClass = mailboxClass;
    }

    /** The class that marks the mailbox; empty for mail, which has none. */
    public Optional<String> mailboxClass() {
        return Optional.of(mailboxClass).filter(name -> !name.isEmpty());
    }

    /** The type of a mailbox of this class; a class that AGAP does not know is mail to it. */
    public static FolderType ofClass(String mailboxClass) {
        return Arrays.stream(values()).filter(type -> type.mailboxClass.equals(mailboxClass)).findFirst().orElse(MESG);
    }

    /** The type of a name in either case: section 4.28. The draft also writes MMSG and MSG for MESG (sections 2.9.3, 4.27). */
    public static Optional<FolderType> named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "MMSG", "MSG" -> Optional.of(MESG);
            default -> Arrays.stream(values()).filter(type -> type.name().equalsIgnoreCase(name)).findFirst();
        };
    }

    /** True when STAT tells an UCID: section 4.38, only folders that can hold items. */
    public boolean holdsItems() {
        return this != FOLD && this != FILT;
    }
}
