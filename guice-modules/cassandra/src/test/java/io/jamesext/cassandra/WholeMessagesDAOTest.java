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

package io.jamesext.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.Optional;

import javax.mail.Flags;

import org.apache.james.blob.api.HashBlobId;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.cassandra.ids.CassandraId;
import org.apache.james.mailbox.cassandra.ids.CassandraMessageId;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageMetadata;
import org.apache.james.mailbox.cassandra.modules.CassandraMessageModule;
import org.apache.james.mailbox.model.ComposedMessageId;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WholeMessagesDAOTest {
    @RegisterExtension
    static final TestKeyspace KEYSPACE = new TestKeyspace(CassandraMessageModule.MODULE);
    private static final CassandraId MAILBOX = CassandraId.timeBased();

    private WholeMessagesDAO messages;

    @BeforeEach
    void setUp() {
        messages = new WholeMessagesDAO(KEYSPACE.session(), new HashBlobId.Factory());
    }

    /** What James does when one client's STORE and another one's EXPUNGE meet. */
    @Test
    void listShouldLeaveOutWhatFlagsWrittenTooLateMake() {
        insert(1);
        ComposedMessageId removed = insert(2);
        insert(3);
        messages.delete(MAILBOX, removed.getUid()).block();
        messages.updateMetadata(removed, UpdatedFlags.builder().uid(removed.getUid()).messageId(removed.getMessageId())
            .modSeq(ModSeq.of(2)).oldFlags(new Flags()).newFlags(new Flags(Flags.Flag.SEEN)).build()).block();
        assertThat(messages.listUids(MAILBOX).collectList().block()).hasSize(3);
        assertThat(messages.listMessagesMetadata(MAILBOX, MessageRange.all())
            .map(message -> message.getComposedMessageId().getUid().asLong()).collectList().block()).containsExactly(1L, 3L);
        assertThat(messages.listUids(MAILBOX).collectList().block()).hasSize(2);
    }

    private ComposedMessageId insert(long uid) {
        CassandraMessageId messageId = new CassandraMessageId.Factory().generate();
        ComposedMessageId ids = new ComposedMessageId(MAILBOX, messageId, MessageUid.of(uid));
        messages.insert(CassandraMessageMetadata.builder()
            .ids(ComposedMessageIdWithMetaData.builder().composedMessageId(ids).flags(new Flags()).modSeq(ModSeq.of(1))
                .threadId(ThreadId.fromBaseMessageId(messageId)).build())
            .internalDate(new Date()).bodyStartOctet(10L).size(20L)
            .headerContent(Optional.of(new HashBlobId.Factory().from("header"))).build()).block();
        return ids;
    }
}
