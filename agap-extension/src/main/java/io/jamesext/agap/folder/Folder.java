package io.jamesext.agap.folder;

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;

/**
 * A folder that exists.
 *
 * @param path where it is in AGAP
 * @param mailbox where it is in James
 * @param id what it remains when it is renamed
 */
public record Folder(FolderPath path, MailboxPath mailbox, MailboxId id) {
}
