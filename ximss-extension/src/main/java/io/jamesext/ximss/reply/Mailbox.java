package io.jamesext.ximss.reply;

import java.util.Optional;

import io.jamesext.ximss.xml.XimssWriter;

/**
 * A mailbox that the user may see. XIMSS, "Mailbox Management", mailbox. Of the attributes, INTERNALSIZE, OLDEST, MEDIA and
 * UNSEENMEDIA are left out: James counts none of them, so each would cost a walk over the whole mailbox.
 *
 * @param name the mailbox's name
 * @param counts its numbers
 * @param mailboxClass its class, unless it is a plain mail mailbox
 * @param pureFolder true when its class is not the one that was asked for, so that it only stands for its place in the tree
 * @param rights the user's rights, where they are not all
 */
public record Mailbox(String name, Counts counts, Optional<String> mailboxClass, boolean pureFolder, Optional<String> rights)
        implements DataMessage {
    /** The IMAP attributes. */
    public record Counts(long uidValidity, long messages, long uidNext, long unseen) {
    }

    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("mailbox").attribute("mailbox", name);
        if (pureFolder) {
            writer.attribute("pureFolder", "yes");
        } else {
            writer.attribute("UIDVALIDITY", counts.uidValidity)
                .attribute("MESSAGES", counts.messages)
                .attribute("UIDNEXT", counts.uidNext)
                .attribute("UNSEEN", counts.unseen)
                .attribute("CLASS", mailboxClass)
                // Every mailbox of James can hold both messages and mailboxes.
                .attribute("isFolder", "yes");
        }
        writer.attribute("rights", rights).close();
    }
}
