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
package io.jamesext.ximss.account;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;

import io.jamesext.groupware.UserSettings;
import io.jamesext.groupware.UserSettings.Kind;
import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * When each user has last logged in over XIMSS, and failed to. XIMSS, "Service Operations", currentStatus. Two texts for each user, however
 * often somebody tries; and none for names that no user has.
 */
public final class LogInHistory {
    private static final String LAST = "last";
    private static final String FAILED = "failed";

    private final UserSettings settings;
    private final UsersRepository users;
    private final Background background;
    private final Clock clock;

    /**
     * A log-in, or what was to be one.
     *
     * @param address the client's, as IP has it
     */
    public record Entry(Instant time, String address) {
        private static Optional<Entry> parse(String text) {
            String[] words = text.split(" ", 2);
            return words.length == 2 ? Optional.of(new Entry(Instant.ofEpochSecond(Long.parseLong(words[0])), words[1])) : Optional.empty();
        }

        private String text() {
            return time.getEpochSecond() + " " + address;
        }
    }

    /** On what users have beside James. */
    public LogInHistory(UserSettings settings, UsersRepository users, Background background, Clock clock) {
        this.settings = settings;
        this.users = users;
        this.background = background;
        this.clock = clock;
    }

    /**
     * A user has logged in. The log-in does not wait for it.
     *
     * @return the one before it, if there was one, once that is known
     */
    public Mono<Optional<Entry>> loggedIn(Username user, InetAddress address) {
        Entry now = new Entry(clock.instant(), address.getHostAddress());
        Mono<Optional<Entry>> previous = read(user, LAST).cache();
        background.run(previous.then(settings.put(user, Kind.LOG_IN, LAST, now.text())));
        return previous;
    }

    /** Somebody has failed to log in as a user, whom there may not be. Returns at once. */
    public void failed(Username user, InetAddress address) {
        Entry now = new Entry(clock.instant(), address.getHostAddress());
        background.run(Blocking.call(() -> users.contains(user))
            .filter(known -> known)
            .flatMap(known -> settings.put(user, Kind.LOG_IN, FAILED, now.text())));
    }

    /** The last log-in of a user that failed. */
    public Mono<Optional<Entry>> lastFailed(Username user) {
        return read(user, FAILED);
    }

    private Mono<Optional<Entry>> read(Username user, String name) {
        return settings.find(user, Kind.LOG_IN, name).map(Entry::parse).defaultIfEmpty(Optional.empty());
    }
}
