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
package io.jamesext.agap.change;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import org.apache.james.core.Username;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import com.google.inject.Inject;

import io.jamesext.kernel.operation.Blocking;

/** Looks behind the index now and then, so that no event that was lost hides a change for ever. CHNG begins it and does not wait. */
public final class Verification {
    private static final Logger LOGGER = LoggerFactory.getLogger(Verification.class);
    /** Between two looks at the same account by one node. */
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    /** Accounts that a node remembers to have looked at. */
    private static final int MAX_ACCOUNTS = 100_000;
    /** Accounts that a node looks at together; others wait for a later CHNG. */
    private static final int MAX_WORK = 2;
    /** That the server waits for looks when it stops. */
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final FolderIndex index;
    private final Cache<Username, Boolean> done = CacheBuilder.newBuilder().expireAfterWrite(INTERVAL).maximumSize(MAX_ACCOUNTS).build();
    private final Semaphore free = new Semaphore(MAX_WORK);

    /** Of this index. */
    @Inject
    public Verification(FolderIndex index) {
        this.index = index;
    }

    /** Looks at the account soon, unless it has done so lately or has enough to do. */
    void begin(Username user) {
        if (done.getIfPresent(user) != null || !free.tryAcquire()) {
            return;
        }
        done.put(user, true);
        index.verify(user)
            .subscribeOn(Blocking.SCHEDULER)
            .doFinally(end -> free.release())
            .subscribe(nothing -> { }, error -> {
                done.invalidate(user);
                LOGGER.warn("the index of an account's folders could not be checked; its next CHNG tries again", error);
            });
    }

    /** Begins no look any more, and waits for those that go on: they would write when nobody expects it. Blocks. */
    void end() {
        if (!Uninterruptibles.tryAcquireUninterruptibly(free, MAX_WORK, LONGEST_END)) {
            LOGGER.warn("the index of an account's folders is still being checked after {} s", LONGEST_END.toSeconds());
        }
    }
}
