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
package io.jamesext.dmap.reply;

import java.util.List;

import com.google.common.collect.Lists;

import io.jamesext.dmap.sync.MailboxPoint;
import io.jamesext.dmap.wire.DmapWriter;

/** The XCHANGES response: mailboxes that are not as the client knows them. PROTOCOL.md section 4.6. */
public record ChangedMailboxes(List<MailboxPoint> mailboxes) implements DmapReply {
    private static final int ON_A_LINE = 100;

    /** As many responses as these mailboxes need. */
    public static List<ChangedMailboxes> of(List<MailboxPoint> mailboxes) {
        return Lists.partition(mailboxes, ON_A_LINE).stream().map(ChangedMailboxes::new).toList();
    }

    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("XCHANGES");
        mailboxes.forEach(mailbox -> writer.open('(').astring(mailbox.name()).number(mailbox.uidValidity()).number(mailbox.modSeq())
            .close(')'));
        writer.end();
    }
}
