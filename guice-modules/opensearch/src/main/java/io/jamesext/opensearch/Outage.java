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
package io.jamesext.opensearch;

import java.util.HashSet;
import java.util.Set;

import org.apache.james.mailbox.model.MailboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;
import com.google.inject.Singleton;

/**
 * Whether OpenSearch counts as down, and which mailboxes changed meanwhile. While it is down no event waits for it: delivery goes on as
 * fast as without an index.
 */
@Singleton
final class Outage {
    private static final Logger LOGGER = LoggerFactory.getLogger(Outage.class);
    /** So many mailboxes are remembered; of others each event is kept. */
    private static final int MAX_REMEMBERED = 100_000;

    private final Set<MailboxId> changed = new HashSet<>();
    private boolean lasting;

    @Inject
    Outage() {
    }

    synchronized boolean lasts() {
        return lasting;
    }

    synchronized void begins(Throwable cause) {
        if (!lasting) {
            lasting = true;
            LOGGER.error("OpenSearch does not answer: mail is received and read without it, and indexed when it is back", cause);
        }
    }

    /** Answers which mailboxes changed. */
    synchronized Set<MailboxId> ends() {
        Set<MailboxId> mailboxes = Set.copyOf(changed);
        changed.clear();
        if (lasting) {
            lasting = false;
            LOGGER.info("OpenSearch answers again; {} mailboxes changed meanwhile", mailboxes.size());
        }
        return mailboxes;
    }

    /** Whether it must be written down that this mailbox changed, because it has not been in this outage. */
    synchronized boolean isFirstChangeOf(MailboxId mailbox) {
        if (!lasting || changed.size() >= MAX_REMEMBERED) {
            return !changed.contains(mailbox);
        }
        return changed.add(mailbox);
    }

    synchronized void forget(MailboxId mailbox) {
        changed.remove(mailbox);
    }
}
