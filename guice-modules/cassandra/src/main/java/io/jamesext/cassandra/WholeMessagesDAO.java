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

import org.apache.james.blob.api.BlobId;
import org.apache.james.mailbox.cassandra.ids.CassandraId;
import org.apache.james.mailbox.cassandra.ids.CassandraMessageId;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageIdDAO;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.inject.Inject;

import reactor.core.publisher.Flux;

/**
 * James's table of the messages of mailboxes, without the remains of some. Flags that are written while another client removes the message
 * leave a row of flags alone behind, in Cassandra an UPDATE of what is not there makes it. James leaves such rows out and removes them
 * wherever it reads messages, but for the list of flags: to a client that asks for flags alone the message would be there for ever.
 */
final class WholeMessagesDAO extends CassandraMessageIdDAO {
    @Inject
    WholeMessagesDAO(CqlSession session, BlobId.Factory blobIdFactory) {
        super(session, blobIdFactory);
    }

    @Override
    public Flux<ComposedMessageIdWithMetaData> listMessagesMetadata(CassandraId mailboxId, MessageRange range) {
        return super.listMessagesMetadata(mailboxId, range).concatMap(message -> isWhole(message) ? Flux.just(message)
            : delete(mailboxId, message.getComposedMessageId().getUid()).thenMany(Flux.empty()));
    }

    private static boolean isWhole(ComposedMessageIdWithMetaData message) {
        return ((CassandraMessageId) message.getComposedMessageId().getMessageId()).get() != null;
    }
}
