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

package io.jamesext.urlauth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.james.core.Username;

import reactor.core.publisher.Mono;

/** Keys that end with the process, as James's own mailboxes do on the memory backend. */
public final class MemoryMailboxKeys implements MailboxKeys {
    private record Owner(Username user, String mailboxId) {
    }

    private final Map<Owner, MailboxKey> keys = new ConcurrentHashMap<>();

    @Override
    public Mono<MailboxKey> find(Username user, String mailboxId) {
        return Mono.fromSupplier(() -> keys.get(new Owner(user, mailboxId)));
    }

    @Override
    public Mono<MailboxKey> findOrMake(Username user, String mailboxId) {
        return Mono.fromSupplier(() -> keys.computeIfAbsent(new Owner(user, mailboxId), owner -> MailboxKey.random()));
    }

    @Override
    public Mono<Void> remove(Username user, String mailboxId) {
        return Mono.fromRunnable(() -> keys.remove(new Owner(user, mailboxId)));
    }

    @Override
    public Mono<Void> removeAll(Username user) {
        return Mono.fromRunnable(() -> keys.keySet().removeIf(owner -> owner.user().equals(user)));
    }

    @Override
    public Mono<Void> removeMailbox(String mailboxId) {
        return Mono.fromRunnable(() -> keys.keySet().removeIf(owner -> owner.mailboxId().equals(mailboxId)));
    }
}
