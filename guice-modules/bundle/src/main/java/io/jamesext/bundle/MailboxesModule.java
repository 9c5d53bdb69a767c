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

import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.mail.SearchThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;

import io.jamesext.kernel.mailbox.Mailboxes;

/** James's mailboxes for our protocols: on the memory backend, where threads are guessed by a search, with a table for that. */
final class MailboxesModule extends AbstractModule {
    @Provides
    @Singleton
    Mailboxes mailboxes(StoreMailboxManager james, ThreadIdGuessingAlgorithm threads, Injector injector) {
        // The class behind it is loaded on the memory backend only: the other Jameses have none of what it is made of.
        return threads instanceof SearchThreadIdGuessingAlgorithm
            ? MemoryMailboxes.of(james, threads, injector)
            : Mailboxes.of(james);
    }
}
