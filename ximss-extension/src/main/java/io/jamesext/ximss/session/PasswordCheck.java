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
package io.jamesext.ximss.session;

import java.util.Optional;

import org.apache.james.mailbox.MailboxSession;

import reactor.core.publisher.Mono;

/** Knows which password its user had when a session was opened: whoever has opened it may not outlive that password. */
final class PasswordCheck {
    private final XimssSessions sessions;
    private volatile Optional<String> stamp = Optional.empty();
    private volatile long next;

    PasswordCheck(XimssSessions sessions) {
        this.sessions = sessions;
    }

    /** The present one is that of the session. */
    Mono<Void> remember(MailboxSession session) {
        return read(session).doOnNext(known -> stamp = known).then();
    }

    /** Whether it is time to look. */
    boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    /** Whether it is still the same; where James keeps none, whether it still keeps none. */
    Mono<Boolean> holds(MailboxSession session) {
        return read(session).map(stamp::equals);
    }

    /** Of who has logged in, whosever account it is. */
    private Mono<Optional<String>> read(MailboxSession session) {
        return sessions.stamp(session.getLoggedInUser().orElse(session.getUser()))
            .doOnNext(known -> next = System.nanoTime() + sessions.betweenPasswordChecks().toNanos());
    }
}
