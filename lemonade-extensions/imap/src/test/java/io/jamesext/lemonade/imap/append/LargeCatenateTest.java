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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.mailbox.Spool;
import io.jamesext.lemonade.imap.Heap;
import io.jamesext.testing.mailbox.TestJames;
import io.jamesext.urlauth.MimeParts;
import io.jamesext.urlauth.UrlContents;

class LargeCatenateTest {
    private static final int PART_BYTES = 1 << 20;
    private static final int PARTS = 500;
    /** What the message may leave on the heap: as much as any smaller one. */
    private static final long HEAP_BYTES = 16 << 20;

    /** The backends hold what they store as they like; up to there, no part of it stays on the heap. */
    @Test
    void assemblyOfManyPartsShouldNotLieOnTheHeap() throws Exception {
        TestJames james = TestJames.create();
        MessageManager inbox = james.mailboxManager().getMailbox(MailboxPath.inbox(TestJames.ALICE), james.session(TestJames.ALICE));
        byte[] octets = "x\r\n".repeat(PART_BYTES / 3 + 1).substring(0, PART_BYTES).getBytes(StandardCharsets.US_ASCII);
        inbox.appendMessage(MessageManager.AppendCommand.builder().build(octets), james.session(TestJames.ALICE));
        MessageAssembly assembly = new MessageAssembly(new UrlContents(james.mailboxManager(), new MimeParts()));
        NewMessage message = new NewMessage(new Flags(), Optional.empty(),
            Collections.nCopies(PARTS, new NewMessage.Piece.Url("/INBOX/;UID=1/;PARTIAL=1")));
        List<Spool> spools = new ArrayList<>();
        long before = Heap.used();
        try {
            Content content = assembly.assemble(message, james.session(TestJames.ALICE), new MessageAssembly.Room(Integer.MAX_VALUE),
                spools).block();
            assertThat(content.size()).isEqualTo((PART_BYTES - 1L) * PARTS);
            assertThat(Heap.used() - before).isLessThan(HEAP_BYTES);
        } finally {
            for (Spool spool : spools) {
                spool.close();
            }
        }
    }
}
