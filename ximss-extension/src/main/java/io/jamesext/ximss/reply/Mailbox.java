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
package io.jamesext.ximss.reply;

import java.time.Instant;
import java.util.Optional;

import io.jamesext.ximss.mail.Times;
import io.jamesext.ximss.table.MailboxSummary;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * A mailbox that the user may see. XIMSS, "Mailbox Management", mailbox.
 *
 * @param name the mailbox's name
 * @param counts its numbers; empty when the user may not read it
 * @param mailboxClass its class, unless it is a plain mail mailbox
 * @param pureFolder true when its class is not the one that was asked for, so that it only stands for its place in the tree
 * @param rights the user's rights, where they are not all
 */
public record Mailbox(String name, Optional<Counts> counts, Optional<String> mailboxClass, boolean pureFolder, Optional<String> rights)
        implements DataMessage {
    /** The IMAP attributes, "standard and extended". */
    public record Counts(long uidValidity, long unseen, MailboxSummary summary) {
        private void writeTo(XimssWriter writer) {
            writer.attribute("UIDVALIDITY", uidValidity)
                .attribute("MESSAGES", summary.state().messages())
                .attribute("UIDNEXT", summary.state().uidNext())
                .attribute("UNSEEN", unseen)
                .attribute("INTERNALSIZE", summary.octets());
            if (summary.oldest() != Long.MAX_VALUE) {
                writer.attribute("OLDEST", Times.gmt(Instant.ofEpochMilli(summary.oldest())));
            }
            writer.attribute("MEDIA", summary.media()).attribute("UNSEENMEDIA", summary.unseenMedia());
        }
    }

    /** A mailbox that can hold messages. */
    public Mailbox(String name, Optional<Counts> counts, Optional<String> mailboxClass, Optional<String> rights) {
        this(name, counts, mailboxClass, false, rights);
    }

    /** A mailbox of another class than the one that was asked for. */
    public static Mailbox pureFolder(String name, Optional<String> rights) {
        return new Mailbox(name, Optional.empty(), Optional.empty(), true, rights);
    }

    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("mailbox").attribute("mailbox", name);
        counts.ifPresent(numbers -> numbers.writeTo(writer));
        writer.attribute("CLASS", mailboxClass);
        // Every mailbox of James can hold both messages and mailboxes.
        writer.attribute(pureFolder ? "pureFolder" : "isFolder", "yes").attribute("rights", rights).close();
    }
}
