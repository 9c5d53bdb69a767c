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
package io.jamesext.bundle;

import java.util.Optional;

import org.apache.james.mailbox.MailboxPathLocker;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.search.MessageSearchIndex;

import com.google.inject.Injector;

import io.jamesext.kernel.mailbox.Mailboxes;
import io.jamesext.kernel.mailbox.MemoryThreads;

/**
 * A mailbox manager of the parts of memory James's own, all of which they share, but for the guessing of threads: James offers no way to
 * change that of its own one from an extension.
 */
final class MemoryMailboxes {
    private MemoryMailboxes() {
    }

    static Mailboxes of(StoreMailboxManager james, ThreadIdGuessingAlgorithm search, Injector parts) {
        MemoryThreads threads = new MemoryThreads(james, search);
        return new Mailboxes(new InMemoryMailboxManager(james.getMapperFactory(), james.getSessionProvider(),
            parts.getInstance(MailboxPathLocker.class), parts.getInstance(MessageParser.class), james.getMessageIdFactory(),
            james.getEventBus(), parts.getInstance(StoreMailboxAnnotationManager.class), parts.getInstance(StoreRightManager.class),
            james.getQuotaComponents(), parts.getInstance(MessageSearchIndex.class), parts.getInstance(PreDeletionHooks.class),
            threads, james.getClock()), Optional.of(threads));
    }
}
