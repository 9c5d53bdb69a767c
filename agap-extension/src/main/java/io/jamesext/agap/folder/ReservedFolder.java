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
import java.util.Optional;

import org.apache.james.mailbox.DefaultMailboxes;

/** The reserved folders of AGAP section 2.9.4, in the root of every account, and the mailboxes that James has for the same use. */
public enum ReservedFolder {
    /** The main calendar. */
    CALENDAR(FolderType.CALE, "CALENDAR"),
    /** The account's configuration. */
    CONFIGURATION(FolderType.CONF, "CONFIGURATION"),
    /** The main contact list. */
    CONTACT(FolderType.ADDR, "CONTACT"),
    /** Templates. */
    DRAFT(FolderType.MESG, DefaultMailboxes.DRAFTS),
    /** Shared files. */
    FILESHARE(FolderType.FILE, "FILESHARE"),
    /** New mail. */
    INBOX(FolderType.MESG, DefaultMailboxes.INBOX),
    /** The main journal. */
    JOURNAL(FolderType.JRNL, "JOURNAL"),
    /** Spam. */
    JUNK(FolderType.MESG, DefaultMailboxes.SPAM),
    /** Short texts. */
    NOTE(FolderType.NOTE, "NOTE"),
    /** Mail that waits to be sent. */
    OUTBOX(FolderType.MESG, DefaultMailboxes.OUTBOX),
    /** Mail that was sent. */
    SENT(FolderType.MESG, DefaultMailboxes.SENT),
    /** The main task list. */
    TASK(FolderType.TASK, "TASK"),
    /** Deleted mail. */
    TRASH(FolderType.MESG, DefaultMailboxes.TRASH);

    private final FolderType type;
    private final String mailbox;

    ReservedFolder(FolderType type, String mailbox) {
        this.type = type;
        this.mailbox = mailbox;
    }

    /** What it holds. */
    public FolderType type() {
        return type;
    }

    /** Its name in James, where IMAP and JMAP clients see it. */
    public String mailbox() {
        return mailbox;
    }

    /** Its path in AGAP. */
    public FolderPath path() {
        return FolderPath.ROOT.child(name());
    }

    /** Section 2.9.2: TRASH must hold deleted folders and FILESHARE ordinary files; no other one has subfolders. */
    public boolean allowsFolders() {
        return this == TRASH || this == FILESHARE;
    }

    /** The reserved folder at a path, if it is one. */
    public static Optional<ReservedFolder> at(FolderPath path) {
        return Arrays.stream(values()).filter(folder -> folder.path().equals(path)).findFirst();
    }

    static Optional<ReservedFolder> named(String name) {
        return Arrays.stream(values()).filter(folder -> folder.name().equals(name)).findFirst();
    }

    static Optional<ReservedFolder> ofMailbox(String mailbox) {
        return Arrays.stream(values()).filter(folder -> folder.mailbox.equals(mailbox)).findFirst();
    }
}
