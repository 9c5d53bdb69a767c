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
package io.jamesext.dmap.ring;

import org.apache.james.core.Username;

import com.google.inject.Inject;

import reactor.core.publisher.Mono;

/** Which mode each account is in: its own, or the one of {@code dime.xml}. */
public final class Modes {
    private final ModeTable table;
    private final DimeSettings settings;

    /** On the table and the configuration. */
    @Inject
    public Modes(ModeTable table, DimeSettings settings) {
        this.table = table;
        this.settings = settings;
    }

    /** That of accounts without one of their own; what a client is told before it has logged in. */
    public Mode byDefault() {
        return settings.mode();
    }

    /** The account's. */
    public Mono<Mode> of(Username user) {
        return table.find(user).defaultIfEmpty(settings.mode());
    }

    /** The one that the account has of its own, or empty. */
    public Mono<Mode> ownOf(Username user) {
        return table.find(user);
    }

    /** Gives the account one of its own. */
    public Mono<Void> set(Username user, Mode mode) {
        return table.put(user, mode);
    }

    /** Takes it away: the account has that of {@code dime.xml} again. */
    public Mono<Void> reset(Username user) {
        return table.remove(user);
    }
}
