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
package io.jamesext.dmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.jamesext.kernel.expunge.ExpungeLog;
import io.jamesext.testing.transcript.Transcript;

/** Whatever removes messages leaves tombstones before the client has its answer; nobody listens to the event bus here. */
class TombstonesTest {
    @TempDir
    static Path folder;

    private static List<MessageUid> goneAfter(String commands) throws Exception {
        try (DmapTestServer server = DmapTestServer.start(folder)) {
            ExpungeLog log = server.services().expunges();
            MailboxId inbox = server.inbox().getId();
            log.begin(inbox).block();
            ModSeq since = server.inbox().getMetaData(MailboxMetaData.RecentMode.IGNORE, server.alice(),
                EnumSet.of(MailboxMetaData.Item.HighestModSeq)).getHighestModSeq();
            server.runner().run(Transcript.parse("removes", DmapTestServer.SELECTED
                + "C: t1 STORE 2,4 +FLAGS.SILENT (\\Deleted)\nS: t1 OK STORE completed\n" + commands));
            return Objects.requireNonNull(log.after(inbox, since).collectSortedList().block());
        }
    }

    @Test
    void expungeShouldLeaveThem() throws Exception {
        assertThat(goneAfter("C: t2 EXPUNGE\nS: * 4 EXPUNGE\nS: * 2 EXPUNGE\nS: t2 OK EXPUNGE completed\n"))
            .containsExactly(MessageUid.of(2), MessageUid.of(4));
    }

    @Test
    void uidExpungeShouldLeaveThem() throws Exception {
        assertThat(goneAfter("C: t2 UID EXPUNGE 4\nS: * 4 EXPUNGE\nS: t2 OK UID EXPUNGE completed\n")).containsExactly(MessageUid.of(4));
    }

    @Test
    void closeShouldLeaveThem() throws Exception {
        assertThat(goneAfter("C: t2 CLOSE\nS: t2 OK CLOSE completed\n")).containsExactly(MessageUid.of(2), MessageUid.of(4));
    }

    @Test
    void moveShouldLeaveThem() throws Exception {
        assertThat(goneAfter("C: t2 MOVE 1,3 Sent\nS: \\* OK \\[COPYUID .*\\] Moved\nS: * 3 EXPUNGE\nS: * 1 EXPUNGE\n"
            + "S: t2 OK MOVE completed\n")).containsExactly(MessageUid.of(1), MessageUid.of(3));
    }

    @Test
    void copyAndUnselectShouldLeaveNone() throws Exception {
        assertThat(goneAfter("C: t2 COPY 1 Sent\nS: t2 OK .*\nC: t3 UNSELECT\nS: t3 OK UNSELECT completed\n")).isEmpty();
    }
}
